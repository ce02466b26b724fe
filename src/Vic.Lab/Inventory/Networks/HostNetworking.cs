using Vic.Lab.Inventory.Models;
using Vic.Vim25;

namespace Vic.Lab.Inventory.Networks;

/// <summary>Standard switches and port groups of a host. A port group is a network of the datacenter as long as some host has it.</summary>
internal sealed class HostNetworking(LabWorld world, HostEntity host)
{
    private const int DefaultPorts = 128;
    private const int MostPorts = 4088;

    private HostNetworkInfo Info => System.Read<HostNetworkInfo>("networkInfo")!;

    private ServiceObject System => world.Store.Find<ServiceObject>(host.Parts.Network)!;

    /// <summary>A new host's network: physical adapters, and nothing connected to them.</summary>
    public static HostNetworkInfo Initial() => new()
    {
        Pnic = [Adapter("vmnic0", "0000:02:00.0", "00:50:56:00:00:01"), Adapter("vmnic1", "0000:02:01.0", "00:50:56:00:00:02")],
    };

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

            var added = new HostVirtualSwitch { Name = name, Key = $"key-vim.host.VirtualSwitch-{name}" };
            Configure(added, spec ?? new HostVirtualSwitchSpec { NumPorts = DefaultPorts });
            Change(info => info.Vswitch = [.. info.Vswitch ?? [], added]);
        }
    }

    public void UpdateSwitch(string name, HostVirtualSwitchSpec spec)
    {
        lock (world.Store.Gate)
        {
            var found = FindSwitch(name) ?? throw Faults.NotFound($"The switch '{name}'");
            var changed = found.ShallowClone();
            Configure(changed, spec);
            Change(info => info.Vswitch = [.. info.Vswitch!.Select(other => other == found ? changed : other)]);
        }
    }

    /// <summary>Removes a switch and its port groups, unless a virtual machine on the host is connected to one of them.</summary>
    public async Task RemoveSwitchAsync(string name, CancellationToken cancellationToken)
    {
        List<string> groups;
        lock (world.Store.Gate)
        {
            var found = FindSwitch(name) ?? throw Faults.NotFound($"The switch '{name}'");
            groups = [.. (Info.Portgroup ?? []).Where(group => group.Spec.VswitchName == name).Select(group => group.Spec.Name)];
            if (groups.Exists(IsUsed))
            {
                throw Faults.ResourceInUse("VirtualSwitch", found.Name);
            }
        }

        foreach (var group in groups)
        {
            await RemovePortGroupAsync(group, cancellationToken).ConfigureAwait(false);
        }

        lock (world.Store.Gate)
        {
            Change(info => info.Vswitch = [.. (info.Vswitch ?? []).Where(other => other.Name != name)]);
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
            NetworkMembership.Join(world.Store, known, host);
            var added = PortGroup(spec);
            Change(info =>
            {
                info.Portgroup = [.. info.Portgroup ?? [], added];
                info.Vswitch = [.. info.Vswitch!.Select(vswitch => vswitch.Name == spec.VswitchName ? WithPortGroup(vswitch, added.Key!) : vswitch)];
            });
        }
    }

    /// <summary>Changes a port group; it may move to another switch, but the network's name stays.</summary>
    public void UpdatePortGroup(string name, HostPortGroupSpec spec)
    {
        lock (world.Store.Gate)
        {
            var found = FindPortGroup(name);
            Check(spec);
            if (spec.Name != name)
            {
                throw Faults.InvalidArgument("portgrp.name", "A port group is not renamed: add another and remove this one.");
            }

            var changed = PortGroup(spec);
            Change(info =>
            {
                info.Portgroup = [.. info.Portgroup!.Select(group => group == found ? changed : group)];
                info.Vswitch = [.. info.Vswitch!.Select(vswitch => WithoutPortGroup(vswitch, found.Key))
                    .Select(vswitch => vswitch.Name == spec.VswitchName ? WithPortGroup(vswitch, changed.Key!) : vswitch)];
            });
        }
    }

    public async Task RemovePortGroupAsync(string name, CancellationToken cancellationToken)
    {
        NetworkEntity? network;
        lock (world.Store.Gate)
        {
            var found = FindPortGroup(name);
            if (IsUsed(name))
            {
                throw Faults.ResourceInUse("PortGroup", name);
            }

            Change(info =>
            {
                info.Portgroup = [.. info.Portgroup!.Where(group => group != found)];
                info.Vswitch = [.. (info.Vswitch ?? []).Select(vswitch => WithoutPortGroup(vswitch, found.Key))];
            });
            network = FindNetwork(name);
            if (network is null)
            {
                return;
            }

            NetworkMembership.Leave(world.Store, network, host);
            if (network.References("host").Count > 0)
            {
                return;
            }

            NetworkMembership.Remove(world, network);
        }

        await world.Platform.Networks.RemoveAsync(network.Reference.Value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows the network in the host's configuration as its system has it.</summary>
    public void Refresh()
    {
        lock (world.Store.Gate)
        {
            Change(_ => { });
        }
    }

    private void Configure(HostVirtualSwitch vswitch, HostVirtualSwitchSpec spec)
    {
        if (spec.NumPorts is < 0 or > MostPorts)
        {
            throw Faults.InvalidArgument("spec.numPorts", "A switch has at most 4088 ports.");
        }

        if (spec.Mtu is < 1280 or > 9000)
        {
            throw Faults.InvalidArgument("spec.mtu", "An MTU is 1280 to 9000.");
        }

        vswitch.NumPorts = spec.NumPorts;
        vswitch.NumPortsAvailable = spec.NumPorts;
        vswitch.Mtu = spec.Mtu ?? vswitch.Mtu ?? 1500;
        vswitch.Pnic = Uplinks(vswitch.Name, spec.Bridge);
        vswitch.Spec = spec;
    }

    /// <summary>The physical adapters of a bridge; an adapter belongs to one switch.</summary>
    private List<string>? Uplinks(string name, HostVirtualSwitchBridge? bridge)
    {
        List<string> devices = bridge switch
        {
            HostVirtualSwitchBondBridge bond => bond.NicDevice,
            HostVirtualSwitchSimpleBridge simple => [simple.NicDevice],
            _ => [],
        };
        var keys = new List<string>();
        foreach (var device in devices)
        {
            var adapter = (Info.Pnic ?? []).Find(pnic => pnic.Device == device)
                ?? throw Faults.InvalidArgument("spec.bridge.nicDevice", $"The host has no physical adapter '{device}'.");
            if ((Info.Vswitch ?? []).Exists(other => other.Name != name && other.Pnic?.Contains(adapter.Key!) == true))
            {
                throw Faults.ResourceInUse("PhysicalNic", device);
            }

            keys.Add(adapter.Key!);
        }

        return keys.Count > 0 ? keys : null;
    }

    private void CheckNew(HostPortGroupSpec spec)
    {
        Check(spec);
        if ((Info.Portgroup ?? []).Exists(group => group.Spec.Name == spec.Name))
        {
            throw Faults.AlreadyExists(spec.Name);
        }
    }

    private void Check(HostPortGroupSpec spec)
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
    }

    private bool IsUsed(string group) => FindNetwork(group) is { } network && NetworkMembership.IsUsedOn(world.Store, network, host);

    private HostPortGroup FindPortGroup(string name)
        => (Info.Portgroup ?? []).Find(group => group.Spec.Name == name) ?? throw Faults.NotFound($"The port group '{name}'");

    private HostVirtualSwitch? FindSwitch(string name) => (Info.Vswitch ?? []).Find(vswitch => vswitch.Name == name);

    private NetworkEntity? FindNetwork(string name)
        => world.Store.OfType<NetworkEntity>().FirstOrDefault(network => network is not PortGroupEntity && network.Name == name);

    private void Change(Action<HostNetworkInfo> change)
    {
        var info = Info.ShallowClone();
        change(info);
        System.Write("networkInfo", info);
        host.UpdateConfig(config => config.Network = info);
    }

    private static HostPortGroup PortGroup(HostPortGroupSpec spec) => new()
    {
        Key = $"key-vim.host.PortGroup-{spec.Name}",
        Vswitch = $"key-vim.host.VirtualSwitch-{spec.VswitchName}",
        ComputedPolicy = spec.Policy,
        Spec = spec,
    };

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

    private static PhysicalNic Adapter(string device, string pci, string mac) => new()
    {
        Key = $"key-vim.host.PhysicalNic-{device}",
        Device = device,
        Pci = pci,
        Driver = "nvmxnet3",
        LinkSpeed = new PhysicalNicLinkInfo { SpeedMb = 10_000, Duplex = true },
        Mac = mac,
    };
}
