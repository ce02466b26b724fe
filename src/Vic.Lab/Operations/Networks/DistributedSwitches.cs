using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Models;
using Vic.Lab.Inventory.Networks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Networks;

/// <summary>Makes, changes and removes distributed switches and their port groups, one after the other.</summary>
internal sealed class DistributedSwitches(LabWorld world)
{
    private SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>A new switch with its uplink port group.</summary>
    public Task<ManagedObjectReference> CreateAsync(FolderEntity folder, DVSCreateSpec spec, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            SwitchEntity dvs;
            lock (world.Store.Gate)
            {
                if (!world.IsVCenter)
                {
                    throw Faults.NotSupported("CreateDVS_Task without vCenter");
                }

                if (!folder.Accepts("DistributedVirtualSwitch"))
                {
                    throw Faults.New(new InvalidFolder { Target = folder.Reference }, "A distributed switch belongs into a folder of networks.");
                }

                var name = OperationText.CheckName(spec.ConfigSpec.Name);
                EntityNames.CheckFree(world.Store, folder, name);
                var start = SwitchEntity.DefaultConfig();
                start.ProductInfo = spec.ProductInfo ?? start.ProductInfo;
                dvs = new SwitchEntity(world.Store.NewReference("VmwareDistributedVirtualSwitch", "dvs-"), name, folder.Reference, start);
                dvs.Config = DistributedSwitchChange.Apply(world, dvs, spec.ConfigSpec);
                world.Store.Add(dvs);
                folder.AddReference("childEntity", dvs.Reference);
            }

            await AddUplinksAsync(dvs, cancellationToken).ConfigureAwait(false);
            return dvs.Reference;
        },
        cancellationToken);

    public Task ReconfigureAsync(SwitchEntity dvs, DVSConfigSpec spec, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            lock (world.Store.Gate)
            {
                CheckAlive(dvs);
                if (spec.Name is { Length: > 0 } name && name != dvs.Name)
                {
                    EntityNames.CheckFree(world.Store, world.Get<FolderEntity>(dvs.Parent!.Value), OperationText.CheckName(name));
                }

                var before = dvs.Hosts.ToList();
                dvs.Config = DistributedSwitchChange.Apply(world, dvs, spec);
                var after = dvs.Hosts.ToList();
                foreach (var group in dvs.Groups)
                {
                    foreach (var host in after.Except(before))
                    {
                        NetworkMembership.Join(world.Store, group, world.Get<HostEntity>(host));
                    }

                    foreach (var host in before.Except(after))
                    {
                        NetworkMembership.Leave(world.Store, group, world.Get<HostEntity>(host));
                    }
                }

                return Task.FromResult(dvs.Reference);
            }
        },
        cancellationToken);

    /// <summary>New port groups: all of them, or none.</summary>
    public Task<List<ManagedObjectReference>> AddGroupsAsync(
        SwitchEntity dvs, IReadOnlyList<DVPortgroupConfigSpec> specs, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var groups = new List<PortGroupEntity>();
            lock (world.Store.Gate)
            {
                CheckAlive(dvs);
                var folder = world.Get<FolderEntity>(dvs.Parent!.Value);
                foreach (var spec in specs)
                {
                    var name = OperationText.CheckName(spec.Name);
                    EntityNames.CheckFree(world.Store, folder, name);
                    if (groups.Find(group => group.Name == name) is { } twin)
                    {
                        throw Faults.DuplicateName(name, twin.Reference);
                    }

                    groups.Add(new PortGroupEntity(
                        world.Store.NewReference("DistributedVirtualPortgroup", "dvportgroup-"),
                        name,
                        folder.Reference,
                        dvs,
                        PortGroupChange.New(spec)));
                }
            }

            foreach (var group in groups)
            {
                await EnterAsync(dvs, group, cancellationToken).ConfigureAwait(false);
            }

            return groups.ConvertAll(group => group.Reference);
        },
        cancellationToken);

    public Task ReconfigureGroupAsync(PortGroupEntity group, DVPortgroupConfigSpec spec, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            lock (world.Store.Gate)
            {
                CheckAlive(group);
                if (spec.Name is { Length: > 0 } name && name != group.Name)
                {
                    EntityNames.CheckFree(world.Store, world.Get<FolderEntity>(group.Parent!.Value), OperationText.CheckName(name));
                }

                PortGroupChange.Apply(group, spec);
                return Task.FromResult(group.Reference);
            }
        },
        cancellationToken);

    /// <summary>Removes a port group that no virtual machine is connected to.</summary>
    public Task DestroyGroupAsync(PortGroupEntity group, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            lock (world.Store.Gate)
            {
                CheckUnused(group);
                if (group.Config.Uplink == true)
                {
                    throw Faults.NotSupported("Destroy_Task of an uplink port group");
                }
            }

            await LeaveAsync(group, cancellationToken).ConfigureAwait(false);
            return group.Reference;
        },
        cancellationToken);

    /// <summary>Removes a switch to which no virtual machine is connected, with its port groups.</summary>
    public Task DestroyAsync(SwitchEntity dvs, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            lock (world.Store.Gate)
            {
                CheckAlive(dvs);
                foreach (var group in dvs.Groups)
                {
                    CheckUnused(group);
                }
            }

            foreach (var group in dvs.Groups.ToList())
            {
                await LeaveAsync(group, cancellationToken).ConfigureAwait(false);
            }

            lock (world.Store.Gate)
            {
                world.Store.Find<FolderEntity>(dvs.Parent!.Value)?.RemoveReference("childEntity", dvs.Reference);
                world.Store.Remove(dvs);
            }

            return dvs.Reference;
        },
        cancellationToken);

    /// <summary>Removes a network that no host and no virtual machine has any more.</summary>
    public async Task DestroyNetworkAsync(NetworkEntity network, CancellationToken cancellationToken)
    {
        lock (world.Store.Gate)
        {
            if (network.References("host").Count > 0 || network.References("vm").Count > 0)
            {
                throw Faults.ResourceInUse(network.Reference.Type, network.Name);
            }
        }

        if (network is PortGroupEntity group)
        {
            await DestroyGroupAsync(group, cancellationToken).ConfigureAwait(false);
            return;
        }

        lock (world.Store.Gate)
        {
            NetworkMembership.Remove(world, network);
        }

        await world.Platform.Networks.RemoveAsync(network.Reference.Value, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddUplinksAsync(SwitchEntity dvs, CancellationToken cancellationToken)
    {
        PortGroupEntity uplinks;
        lock (world.Store.Gate)
        {
            var names = (dvs.Config.UplinkPortPolicy as DVSNameArrayUplinkPortPolicy)?.UplinkPortName ?? [];
            var config = PortGroupEntity.DefaultConfig();
            config.NumPorts = names.Count * dvs.Hosts.Count();
            config.AutoExpand = false;
            config.Uplink = true;
            var number = dvs.Reference.Value[(dvs.Reference.Value.LastIndexOf('-') + 1)..];
            uplinks = new PortGroupEntity(
                world.Store.NewReference("DistributedVirtualPortgroup", "dvportgroup-"),
                string.Create(CultureInfo.InvariantCulture, $"{dvs.Name}-DVUplinks-{number}"),
                dvs.Parent!.Value,
                dvs,
                config);
            uplinks.Write("tag", new List<Tag> { new() { Key = "SYSTEM/DVS.UPLINKPG" } });
        }

        await EnterAsync(dvs, uplinks, cancellationToken).ConfigureAwait(false);
        lock (world.Store.Gate)
        {
            var config = dvs.Config.ShallowClone();
            config.UplinkPortgroup = [uplinks.Reference];
            dvs.Config = config;
        }
    }

    private async Task EnterAsync(SwitchEntity dvs, PortGroupEntity group, CancellationToken cancellationToken)
    {
        List<HostEntity> hosts;
        lock (world.Store.Gate)
        {
            hosts = [.. dvs.Hosts.Select(world.Get<HostEntity>)];
        }

        await new InventoryBuilder(world).AddNetworkAsync(group, world.Datacenter, hosts, cancellationToken).ConfigureAwait(false);
        lock (world.Store.Gate)
        {
            dvs.Add(group);
        }
    }

    private async Task LeaveAsync(PortGroupEntity group, CancellationToken cancellationToken)
    {
        lock (world.Store.Gate)
        {
            group.Switch.Remove(group);
            NetworkMembership.Remove(world, group);
        }

        await world.Platform.Networks.RemoveAsync(group.Reference.Value, cancellationToken).ConfigureAwait(false);
    }

    private void CheckUnused(PortGroupEntity group)
    {
        CheckAlive(group);
        if (group.References("vm").Count > 0)
        {
            throw Faults.ResourceInUse(group.Reference.Type, group.Name);
        }
    }

    private void CheckAlive(Entity entity)
    {
        if (!world.Store.TryFind(entity.Reference, out _))
        {
            throw Faults.ManagedObjectNotFound(entity.Reference);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            Turn.Release();
        }
    }
}
