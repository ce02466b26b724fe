using Vic.Lab.Inventory;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Vim25;

namespace Vic.Lab.Operations.ResourcePools;

/// <summary>Destroys resource pools: what is in one goes to its parent; what is in a vApp goes with it.</summary>
internal sealed class ResourcePoolRemoval(LabWorld world, VirtualMachineTasks machines)
{
    private readonly ResourcePoolMoves moves = new(world);

    public async Task DestroyAsync(OperationCall call, ResourcePoolEntity pool, CancellationToken cancellationToken)
    {
        if (pool is VirtualAppEntity)
        {
            CheckOff(pool);
            foreach (var child in Pools(pool))
            {
                await DestroyAsync(call, child, cancellationToken).ConfigureAwait(false);
            }

            foreach (var machine in Machines(pool))
            {
                await machines.DestroyAsync(call, machine, cancellationToken).ConfigureAwait(false);
            }
        }

        lock (world.Store.Gate)
        {
            if (world.Store.Find<ResourcePoolEntity>(pool.Parent!.Value) is not { } parent)
            {
                throw Faults.NotSupported("Destroy_Task of a root resource pool");
            }

            CheckNames(pool, parent);

            // What the pool kept for its machines is theirs to take from the parent.
            pool.Cpu.Configure(ResourceAllocations.Unlimited(0));
            pool.Memory.Configure(ResourceAllocations.Unlimited(0));
            foreach (var machine in Machines(pool))
            {
                moves.Move(machine, parent);
            }

            foreach (var child in Pools(pool))
            {
                moves.Move(child, parent);
            }

            ResourcePoolMoves.Attach(pool, null);
            parent.RemoveReference("resourcePool", pool.Reference);
            world.Store.Remove(pool);
        }
    }

    /// <summary>Destroys the pools in a pool, and those in them; their machines come into this one.</summary>
    public async Task DestroyChildrenAsync(OperationCall call, ResourcePoolEntity pool, CancellationToken cancellationToken)
    {
        foreach (var child in Pools(pool))
        {
            if (child is not VirtualAppEntity)
            {
                await DestroyChildrenAsync(call, child, cancellationToken).ConfigureAwait(false);
            }

            await DestroyAsync(call, child, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A vApp goes as a whole: nothing of it is touched while one of its machines runs.</summary>
    private void CheckOff(ResourcePoolEntity pool)
    {
        foreach (var machine in Machines(pool))
        {
            if (machine.PowerState == VirtualMachinePowerState.PoweredOn)
            {
                throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
            }
        }

        Pools(pool).ForEach(CheckOff);
    }

    private void CheckNames(ResourcePoolEntity pool, ResourcePoolEntity parent)
    {
        foreach (var child in Pools(pool))
        {
            moves.CheckFree(parent, child.Name);
        }
    }

    private List<ResourcePoolEntity> Pools(ResourcePoolEntity pool)
    {
        lock (world.Store.Gate)
        {
            return [.. pool.References("resourcePool").Select(world.Store.Find<ResourcePoolEntity>).OfType<ResourcePoolEntity>()];
        }
    }

    private List<VirtualMachineEntity> Machines(ResourcePoolEntity pool)
    {
        lock (world.Store.Gate)
        {
            return [.. pool.References("vm").Select(world.Store.Find<VirtualMachineEntity>).OfType<VirtualMachineEntity>()];
        }
    }
}
