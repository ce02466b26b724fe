using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Networks;

/// <summary>Gives the adapters of virtual machines ports of distributed port groups, and takes them back. Under the store's lock.</summary>
internal static class PortConnections
{
    /// <summary>Makes a machine's ports fit its configuration, and writes the keys of new ones into it.</summary>
    public static void Reconcile(LabWorld world, VirtualMachineEntity machine)
    {
        var cards = (machine.Config.Hardware.Device ?? []).OfType<VirtualEthernetCard>().ToList();
        foreach (var (adapter, port) in machine.Ports.ToList())
        {
            if (Wanted(cards.Find(card => card.Key == adapter))?.PortgroupKey != port.Group.Config.Key)
            {
                machine.Ports.Remove(adapter);
                port.Group.Release(port);
            }
        }

        var changed = new Dictionary<int, VirtualDeviceBackingInfo>();
        foreach (var card in cards)
        {
            if (Wanted(card) is not { } wanted || world.FindPortGroup(wanted.PortgroupKey) is not { HasFixedPorts: true } group)
            {
                continue;
            }

            if (!machine.Ports.TryGetValue(card.Key, out var port) || (wanted.PortKey is { } asked && asked != port.Key && group.IsFree(asked)))
            {
                port?.Group.Release(port);
                port = group.Take(wanted.PortKey);
                if (port is null)
                {
                    machine.Ports.Remove(card.Key);
                    continue;
                }

                port.Connect(machine, card.Key);
                machine.Ports[card.Key] = port;
            }

            if (wanted.PortKey != port.Key || wanted.ConnectionCookie != port.ConnectionCookie)
            {
                changed[card.Key] = new VirtualEthernetCardDistributedVirtualPortBackingInfo
                {
                    Port = new DistributedVirtualSwitchPortConnection
                    {
                        SwitchUuid = group.Switch.Uuid,
                        PortgroupKey = group.Config.Key,
                        PortKey = port.Key,
                        ConnectionCookie = port.ConnectionCookie,
                    },
                };
            }
        }

        if (changed.Count > 0)
        {
            Rewrite(machine, changed);
        }
    }

    /// <summary>Takes back the ports of a machine that is gone.</summary>
    public static void Release(VirtualMachineEntity machine)
    {
        foreach (var port in machine.Ports.Values)
        {
            port.Group.Release(port);
        }

        machine.Ports.Clear();
    }

    /// <summary>The ports of a group: its fixed ones, or one for each running machine's adapter when ports come and go with them.</summary>
    public static IEnumerable<(string Key, VirtualMachineEntity? Machine, int AdapterKey, DistributedPort? Fixed)> Of(LabWorld world, PortGroupEntity group)
    {
        if (group.HasFixedPorts)
        {
            return group.Ports.Select(port => (port.Key, port.Machine, port.AdapterKey, (DistributedPort?)port));
        }

        return group.References("vm")
            .Select(world.Store.Find<VirtualMachineEntity>)
            .OfType<VirtualMachineEntity>()
            .Where(machine => machine.PowerState == VirtualMachinePowerState.PoweredOn)
            .SelectMany(machine => (machine.Config.Hardware.Device ?? [])
                .OfType<VirtualEthernetCard>()
                .Where(card => Wanted(card)?.PortgroupKey == group.Config.Key)
                .Select(card => (
                    $"{machine.Reference.Value}-{card.Key.ToString(CultureInfo.InvariantCulture)}", (VirtualMachineEntity?)machine, card.Key, (DistributedPort?)null)));
    }

    private static DistributedVirtualSwitchPortConnection? Wanted(VirtualEthernetCard? card)
        => (card?.Backing as VirtualEthernetCardDistributedVirtualPortBackingInfo)?.Port;

    private static void Rewrite(VirtualMachineEntity machine, Dictionary<int, VirtualDeviceBackingInfo> backings)
    {
        var config = machine.Config.ShallowClone();
        config.Hardware = config.Hardware.ShallowClone();
        config.Hardware.Device = [.. config.Hardware.Device!.Select(device =>
        {
            if (!backings.TryGetValue(device.Key, out var backing))
            {
                return device;
            }

            var changed = device.ShallowClone();
            changed.Backing = backing;
            return changed;
        })];
        machine.Config = config;
    }
}
