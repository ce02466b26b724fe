using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.ResourcePools;

/// <summary>Moves virtual machines and resource pools between resource pools of one compute resource. Under the store's lock.</summary>
internal sealed class ResourcePoolMoves(LabWorld world)
{
    /// <exception cref="VimFaultException">The entity cannot be in that pool, its name is taken there, or the pool has not enough left.</exception>
    public void Move(Entity entity, ResourcePoolEntity target)
    {
        switch (entity)
        {
            case VirtualMachineEntity machine:
                MoveMachine(machine, target);
                break;
            case ResourcePoolEntity pool when world.Store.Find<ResourcePoolEntity>(pool.Parent!.Value) is { } parent:
                MovePool(pool, parent, target);
                break;
            default:
                throw Faults.InvalidArgument("list", $"'{entity.Name}' cannot move into a resource pool.");
        }

        world.Store.NoteMove(entity);
    }

    private void MoveMachine(VirtualMachineEntity machine, ResourcePoolEntity target)
    {
        var old = machine.Pool is { } reference ? world.Store.Find<ResourcePoolEntity>(reference) : null;
        if (old?.Owner is { } owner && owner != target.Owner)
        {
            throw Faults.InvalidArgument("list", $"'{machine.Name}' is on another compute resource.");
        }

        machine.Reservation = machine.Reservation?.Exchange(target, machine.Config);
        old?.RemoveReference("vm", machine.Reference);
        target.AddReference("vm", machine.Reference);
        machine.Write("resourcePool", target.Reference);
        machine.Write("parentVApp", target is VirtualAppEntity ? target.Reference : null);
    }

    private void MovePool(ResourcePoolEntity pool, ResourcePoolEntity parent, ResourcePoolEntity target)
    {
        if (parent == target)
        {
            return;
        }

        if (pool.Owner != target.Owner)
        {
            throw Faults.InvalidArgument("list", $"'{pool.Name}' is on another compute resource.");
        }

        for (ResourcePoolEntity? above = target; above is not null; above = world.Store.Find<ResourcePoolEntity>(above.Parent!.Value))
        {
            if (above == pool)
            {
                throw Faults.InvalidArgument("list", "A resource pool cannot move into itself.");
            }
        }

        CheckFree(target, pool.Name);
        MoveReservation(pool, parent, target);
        parent.RemoveReference("resourcePool", pool.Reference);
        target.AddReference("resourcePool", pool.Reference);
        pool.Parent = target.Reference;
        (pool as VirtualAppEntity)?.Write("parentVApp", target is VirtualAppEntity ? target.Reference : null);
    }

    /// <exception cref="VimFaultException">Another pool of the parent has the name.</exception>
    public void CheckFree(Entity parent, string name)
    {
        var taken = parent.References("resourcePool").Select(world.Store.Find<Entity>).FirstOrDefault(pool => pool?.Name == name);
        if (taken is not null)
        {
            throw Faults.DuplicateName(name, taken.Reference);
        }
    }

    // What the pool gives back to its old parent may be just what the new one, which may be above or below it, needs.
    private static void MoveReservation(ResourcePoolEntity pool, ResourcePoolEntity parent, ResourcePoolEntity target)
    {
        Attach(pool, null);
        try
        {
            ResourcePoolChecks.CheckChange(pool, target, pool.Config);
        }
        catch (VimFaultException)
        {
            Attach(pool, parent);
            throw;
        }

        Attach(pool, target);
    }

    /// <summary>Counts a pool's reservations in the pool above it, or no longer anywhere.</summary>
    public static void Attach(ResourcePoolEntity pool, ResourcePoolEntity? parent)
    {
        pool.Cpu.Attach(parent?.Cpu);
        pool.Memory.Attach(parent?.Memory);
    }
}
