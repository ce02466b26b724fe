using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Networks;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Where a virtual machine belongs: folder, resource pool, host, datastores, networks. All of it under the store's lock.</summary>
internal static class VirtualMachinePlacement
{
    /// <summary>Puts a new machine into its folder, pool and host, and makes it known.</summary>
    public static void Enter(LabWorld world, VirtualMachineEntity machine, FolderEntity? folder, ResourcePoolEntity pool, HostEntity host)
    {
        machine.Write("resourcePool", pool.Reference);
        if (pool is VirtualAppEntity)
        {
            machine.Write("parentVApp", pool.Reference);
        }

        machine.ChangeRuntime(runtime => runtime.Host = host.Reference);
        world.Store.Add(machine);
        folder?.AddReference("childEntity", machine.Reference);
        pool.AddReference("vm", machine.Reference);
        host.AddReference("vm", machine.Reference);
        Refresh(world, machine);
    }

    /// <summary>Takes a machine out of the inventory.</summary>
    public static void Leave(LabWorld world, VirtualMachineEntity machine)
    {
        var references = new[] { machine.Parent, machine.Pool, machine.Host }
            .Concat(machine.References("datastore").Cast<ManagedObjectReference?>())
            .Concat(machine.References("network").Cast<ManagedObjectReference?>());
        foreach (var reference in references)
        {
            if (reference is { } known && world.Store.Find<Entity>(known) is { } entity)
            {
                entity.RemoveReference(entity is FolderEntity ? "childEntity" : "vm", machine.Reference);
            }
        }

        PortConnections.Release(machine);
        world.Store.Remove(machine);
    }

    /// <summary>Derives from the configuration which datastores and networks the machine uses.</summary>
    public static void Refresh(LabWorld world, VirtualMachineEntity machine)
    {
        PortConnections.Reconcile(world, machine);
        var devices = machine.Config.Hardware.Device ?? [];
        var files = devices.Select(device => device.Backing)
            .OfType<VirtualDeviceFileBackingInfo>()
            .Select(backing => backing.FileName)
            .Append(machine.Config.Files.VmPathName ?? string.Empty);
        var datastores = files
            .Select(file => DatastorePath.TryParse(file, out var path) ? world.FindDatastore(path.Datastore)?.Reference : null)
            .OfType<ManagedObjectReference>();
        var backings = new DeviceBackings(world);
        var networks = devices.OfType<VirtualEthernetCard>()
            .Select(card => backings.NetworkOf(card.Backing)?.Reference)
            .OfType<ManagedObjectReference>();
        Replace(world, machine, "datastore", [.. datastores.Distinct()]);
        Replace(world, machine, "network", [.. networks.Distinct()]);
    }

    /// <summary>The host for a machine: as asked, or the one with the fewest machines among those of the pool's compute resource.</summary>
    public static HostEntity ChooseHost(LabWorld world, ResourcePoolEntity pool, ManagedObjectReference? asked)
    {
        var compute = world.Get<ComputeResourceEntity>(pool.Owner);
        if (asked is { } reference)
        {
            var host = world.Get<HostEntity>(reference);
            if (!compute.Hosts.Contains(reference))
            {
                throw Faults.InvalidArgument("host", $"The host '{host.Name}' does not belong to '{compute.Name}'.");
            }

            host.CheckAvailable();
            return host;
        }

        if (compute is ClusterEntity { Configuration.DrsConfig.Enabled: not true })
        {
            throw Faults.InvalidArgument("host", $"'{compute.Name}' has no DRS to choose a host.");
        }

        return compute.Hosts.Select(world.Get<HostEntity>).Where(host => host.IsAvailable).MinBy(host => host.References("vm").Count)
            ?? throw Faults.New(new NoActiveHostInCluster { ComputeResource = compute.Reference }, $"'{compute.Name}' has no active host.");
    }

    /// <summary>Moves a machine to another host of its compute resource.</summary>
    public static void ChangeHost(LabWorld world, VirtualMachineEntity machine, HostEntity host)
    {
        if (machine.Host is { } old)
        {
            world.Store.Find<HostEntity>(old)?.RemoveReference("vm", machine.Reference);
        }

        host.AddReference("vm", machine.Reference);
        machine.ChangeRuntime(runtime => runtime.Host = host.Reference);
    }

    private static void Replace(LabWorld world, VirtualMachineEntity machine, string property, List<ManagedObjectReference> references)
    {
        var old = machine.References(property);
        if (old.SequenceEqual(references))
        {
            return;
        }

        machine.Write(property, references);
        foreach (var gone in old.Except(references))
        {
            world.Store.Find<Entity>(gone)?.RemoveReference("vm", machine.Reference);
        }

        foreach (var added in references.Except(old))
        {
            world.Store.Find<Entity>(added)?.AddReference("vm", machine.Reference);
        }
    }
}
