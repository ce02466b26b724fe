using Vic.Lab.Inventory;
using Vic.Lab.Operations.VirtualMachines;

namespace Vic.Lab.Operations;

/// <summary>Destroys resource pools: what is in one goes to its parent; what is in a vApp goes with it.</summary>
internal sealed class ResourcePoolRemoval(LabWorld world, VirtualMachineTasks machines)
{
    public async Task DestroyAsync(OperationCall call, ResourcePoolEntity pool, CancellationToken cancellationToken)
    {
        if (pool is VirtualAppEntity)
        {
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

            foreach (var machine in Machines(pool))
            {
                pool.RemoveReference("vm", machine.Reference);
                parent.AddReference("vm", machine.Reference);
                machine.Write("resourcePool", parent.Reference);
                world.Store.NoteMove(machine);
            }

            foreach (var child in pool.References("resourcePool").Select(world.Get<ResourcePoolEntity>).ToList())
            {
                pool.RemoveReference("resourcePool", child.Reference);
                parent.AddReference("resourcePool", child.Reference);
                child.Parent = parent.Reference;
                world.Store.NoteMove(child);
            }

            parent.RemoveReference("resourcePool", pool.Reference);
            world.Store.Remove(pool);
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
