using Vic.Lab.Inventory.Models;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Standard switches and port groups of a host. A port group is a network of the datacenter as long as some host has it.</summary>
internal sealed class HostNetworking(LabWorld world, HostEntity host)
{
    private HostNetworkInfo Info => world.Store.Find<ServiceObject>(host.Parts.Network)!.Read<HostNetworkInfo>("networkInfo")!;

    public void AddSwitch(string name, HostVirtualSwitchSpec? spec)
    {
        lock (world.Store.Gate)
        {
            if (name.Length is 0 or > 32)
            {
                throw Faults.InvalidArgument("vswitchName", "A switch's name has 1 to 32 characters.");
            }

            if (FindSwitch(name) is not null)
            {
                throw Faults.AlreadyExists(name);
            }

            var ports = spec?.NumPorts ?? 128;
            Change(info => info.Vswitch =
            [
                .. info.Vswitch ?? [],
                new HostVirtualSwitch
                {
                    Name = name,
                    Key = $"key-vim.host.VirtualSwitch-{name}",
                    NumPorts = ports,
                    NumPortsAvailable = ports,
                    Mtu = spec?.Mtu ?? 1500,
                    Spec = spec ?? new HostVirtualSwitchSpec { NumPorts = ports },
                },
            ]);
        }
    }

    public void RemoveSwitch(string name)
    {
        lock (world.Store.Gate)
        {
            var found = FindSwitch(name) ?? throw Faults.NotFound($"The switch '{name}'");
            if ((Info.Portgroup ?? []).Exists(group => group.Spec.VswitchName == name))
            {
                throw Faults.ResourceInUse("VirtualSwitch", name);
            }

            Change(info => info.Vswitch = [.. info.Vswitch!.Where(other => other != found)]);
        }
    }

    public async Task AddPortGroupAsync(HostPortGroupSpec spec, CancellationToken cancellationToken)
    {
        NetworkEntity? known;
        var reference = default(ManagedObjectReference);
        lock (world.Store.Gate)
        {
            CheckNew(spec);
            known = FindNetwork(spec.Name);
            reference = known?.Reference ?? world.Store.NewReference("Network", world.IsVCenter ? "network-" : "HaNetwork-" + spec.Name + "-");
        }

        if (known is null)
        {
            known = new NetworkEntity(reference, spec.Name, world.Datacenter.Folders.Network);
            await new InventoryBuilder(world).AddNetworkAsync(known, world.Datacenter, [host], cancellationToken).ConfigureAwait(false);
        }

        lock (world.Store.Gate)
        {
            CheckNew(spec);
            host.AddReference("network", known.Reference);
            known.AddReference("host", host.Reference);
            var key = $"key-vim.host.PortGroup-{spec.Name}";
            Change(info =>
            {
                info.Portgroup =
                [
                    .. info.Portgroup ?? [],
                    new HostPortGroup
                    {
                        Key = key,
                        Vswitch = $"key-vim.host.VirtualSwitch-{spec.VswitchName}",
                        ComputedPolicy = spec.Policy,
                        Spec = spec,
                    },
                ];
                info.Vswitch = [.. info.Vswitch!.Select(vswitch => vswitch.Name == spec.VswitchName ? WithPortGroup(vswitch, key) : vswitch)];
            });
        }
    }

    public async Task RemovePortGroupAsync(string name, CancellationToken cancellationToken)
    {
        NetworkEntity? network;
        lock (world.Store.Gate)
        {
            var found = (Info.Portgroup ?? []).Find(group => group.Spec.Name == name) ?? throw Faults.NotFound($"The port group '{name}'");
            network = FindNetwork(name);
            if (network is not null && network.References("vm").Count > 0)
            {
                throw Faults.ResourceInUse("PortGroup", name);
            }

            Change(info =>
            {
                info.Portgroup = [.. info.Portgroup!.Where(group => group != found)];
                info.Vswitch = [.. (info.Vswitch ?? []).Select(vswitch => WithoutPortGroup(vswitch, found.Key))];
            });
            if (network is null)
            {
                return;
            }

            host.RemoveReference("network", network.Reference);
            network.RemoveReference("host", host.Reference);
            if (network.References("host").Count > 0)
            {
                return;
            }

            var datacenter = world.Datacenter;
            datacenter.RemoveReference("network", network.Reference);
            world.Store.Find<FolderEntity>(datacenter.Folders.Network)!.RemoveReference("childEntity", network.Reference);
            world.Store.Find<ComputeResourceEntity>(host.Parent!.Value)!.RemoveReference("network", network.Reference);
            world.Store.Remove(network);
        }

        await world.Platform.Networks.RemoveAsync(network.Reference.Value, cancellationToken).ConfigureAwait(false);
    }

    private void CheckNew(HostPortGroupSpec spec)
    {
        if (spec.Name.Length == 0)
        {
            throw Faults.InvalidArgument("portgrp.name", "A port group needs a name.");
        }

        if (spec.VlanId is < 0 or > 4095)
        {
            throw Faults.InvalidArgument("portgrp.vlanId", "A VLAN id is 0 to 4095.");
        }

        if (FindSwitch(spec.VswitchName) is null)
        {
            throw Faults.NotFound($"The switch '{spec.VswitchName}'");
        }

        if ((Info.Portgroup ?? []).Exists(group => group.Spec.Name == spec.Name))
        {
            throw Faults.AlreadyExists(spec.Name);
        }
    }

    private HostVirtualSwitch? FindSwitch(string name) => (Info.Vswitch ?? []).Find(vswitch => vswitch.Name == name);

    private NetworkEntity? FindNetwork(string name)
        => world.Store.OfType<NetworkEntity>().FirstOrDefault(network => network is not PortGroupEntity && network.Name == name);

    private void Change(Action<HostNetworkInfo> change)
    {
        var info = Info.ShallowClone();
        change(info);
        world.Store.Find<ServiceObject>(host.Parts.Network)!.Write("networkInfo", info);
        host.UpdateConfig(config => config.Network = info);
    }

    private static HostVirtualSwitch WithPortGroup(HostVirtualSwitch vswitch, string key)
    {
        var changed = vswitch.ShallowClone();
        changed.Portgroup = [.. vswitch.Portgroup ?? [], key];
        return changed;
    }

    private static HostVirtualSwitch WithoutPortGroup(HostVirtualSwitch vswitch, string? key)
    {
        if (vswitch.Portgroup?.Contains(key!) != true)
        {
            return vswitch;
        }

        var changed = vswitch.ShallowClone();
        changed.Portgroup = [.. vswitch.Portgroup.Where(other => other != key)];
        return changed;
    }
}
