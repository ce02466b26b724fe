using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>What methods of all managed entities demand: it depends on what they are called on. Used under the store's lock.</summary>
internal static class EntityPrivileges
{
    public static IEnumerable<PrivilegeDemand> Rename(ManagedObjectReference entity) => [new(entity, entity.Type switch
    {
        "VirtualMachine" => "VirtualMachine.Config.Rename",
        "Datacenter" => "Datacenter.Rename",
        "ClusterComputeResource" or "ComputeResource" => "Host.Inventory.RenameCluster",
        "ResourcePool" => "Resource.RenamePool",
        "VirtualApp" => "VApp.Rename",
        "Datastore" => "Datastore.Rename",
        "DistributedVirtualPortgroup" => "DVPortgroup.Modify",
        "VmwareDistributedVirtualSwitch" => "DVSwitch.Modify",
        "Network" or "OpaqueNetwork" => "Network.Config",
        _ => "Folder.Rename",
    })];

    public static IEnumerable<PrivilegeDemand> Destroy(LabWorld world, ManagedObjectReference entity)
    {
        var privilege = entity.Type switch
        {
            "VirtualMachine" => "VirtualMachine.Inventory.Delete",
            "Datacenter" => "Datacenter.Delete",
            "ClusterComputeResource" or "ComputeResource" => "Host.Inventory.DeleteCluster",
            "HostSystem" => "Host.Inventory.RemoveHostFromCluster",
            "ResourcePool" => "Resource.DeletePool",
            "VirtualApp" => "VApp.Delete",
            "Datastore" => "Datastore.Delete",
            "DistributedVirtualPortgroup" => "DVPortgroup.Delete",
            "VmwareDistributedVirtualSwitch" => "DVSwitch.Delete",
            "Network" or "OpaqueNetwork" => "Network.Delete",
            _ => "Folder.Delete",
        };
        yield return new(entity, privilege);

        // What a folder or a pool holds is removed from it as well.
        if (entity.Type is "VirtualMachine" or "Folder" or "ResourcePool" or "VirtualApp" && ParentOf(world, entity) is { } parent)
        {
            yield return new(parent, privilege);
        }
    }

    public static IEnumerable<PrivilegeDemand> Move(LabWorld world, ManagedObjectReference folder, IEnumerable<ManagedObjectReference> entities)
        => entities.SelectMany(entity =>
        {
            var privilege = entity.Type switch
            {
                "VirtualMachine" => "VirtualMachine.Inventory.Move",
                "Datacenter" => "Datacenter.Move",
                "ClusterComputeResource" or "ComputeResource" => "Host.Inventory.MoveCluster",
                "HostSystem" => "Host.Inventory.MoveHost",
                "VirtualApp" => "VApp.Move",
                "Datastore" => "Datastore.Move",
                "VmwareDistributedVirtualSwitch" => "DVSwitch.Move",
                "Network" or "OpaqueNetwork" or "DistributedVirtualPortgroup" => "Network.Move",
                _ => "Folder.Move",
            };
            return ParentOf(world, entity) is { } parent
                ? new PrivilegeDemand[] { new(entity, privilege), new(parent, privilege), new(folder, privilege) }
                : [new(entity, privilege), new(folder, privilege)];
        });

    public static IEnumerable<PrivilegeDemand> MoveIntoPool(ManagedObjectReference pool, IEnumerable<ManagedObjectReference> entities)
        => entities.SelectMany(entity => entity.Type switch
        {
            "VirtualMachine" => new PrivilegeDemand[] { new(pool, "Resource.AssignVMToPool") },
            "VirtualApp" => [new(entity, "VApp.Move"), new(pool, "Resource.AssignVAppToPool")],
            _ => [new(entity, "Resource.MovePool"), new(pool, "Resource.MovePool")],
        });

    /// <summary>A running machine is moved by vMotion.</summary>
    public static IEnumerable<PrivilegeDemand> Migrate(LabWorld world, ManagedObjectReference machine)
        => [new(machine, world.Store.Find<VirtualMachineEntity>(machine) is { PowerState: VirtualMachinePowerState.PoweredOn }
            ? "Resource.HotMigrate"
            : "Resource.ColdMigrate")];

    /// <summary>Where a machine or its clone goes.</summary>
    public static IEnumerable<PrivilegeDemand> Location(VirtualMachineRelocateSpec location)
    {
        if (location.Pool is { } pool)
        {
            yield return new(pool, "Resource.AssignVMToPool");
        }

        foreach (var datastore in (location.Disk ?? []).Select(disk => disk.Datastore).Concat(location.Datastore is { } home ? [home] : []).Distinct())
        {
            yield return new(datastore, "Datastore.AllocateSpace");
        }
    }

    public static IEnumerable<PrivilegeDemand> Options(LabWorld world, ManagedObjectReference manager)
        => [new(manager, manager == world.Content.Setting ? "Global.Settings" : "Host.Config.AdvancedConfig")];

    /// <summary>A port group's policy and scope have privileges of their own.</summary>
    public static IEnumerable<PrivilegeDemand> PortGroup(ManagedObjectReference group, DVPortgroupConfigSpec spec)
    {
        yield return new(group, "DVPortgroup.Modify");
        if (spec.Policy is not null)
        {
            yield return new(group, "DVPortgroup.PolicyOp");
        }

        if (spec.Scope is { Count: > 0 })
        {
            yield return new(group, "DVPortgroup.ScopeOp");
        }
    }

    private static ManagedObjectReference? ParentOf(LabWorld world, ManagedObjectReference entity) => world.Store.Find<Entity>(entity)?.Parent;
}
