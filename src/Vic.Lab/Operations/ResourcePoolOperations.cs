using Vic.Lab.Inventory;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>ResourcePool and VirtualApp.</summary>
internal sealed class ResourcePoolOperations(LabWorld world, VirtualMachineTasks machines)
{
    public void AddTo(OperationTable table)
    {
        table.Add<CreateResourcePoolRequest, ResourcePoolEntity>((_, parent, request) =>
        {
            lock (world.Store.Gate)
            {
                var name = CheckFree(parent, request.Name);
                return Enter(parent, new ResourcePoolEntity(
                    world.Store.NewReference("ResourcePool", "resgroup-"), name, parent.Reference, parent.Owner, request.Spec));
            }
        });
        table.Add<CreateVAppRequest, ResourcePoolEntity>((_, parent, request) =>
        {
            lock (world.Store.Gate)
            {
                var name = CheckFree(parent, request.Name);
                var folder = request.VmFolder ?? world.Datacenter.Folders.Vm;
                return Enter(parent, new VirtualAppEntity(
                    world.Store.NewReference("VirtualApp", "resgroup-v"), name, parent.Reference, parent.Owner, request.ResSpec, folder));
            }
        });
        table.Add<UpdateConfigRequest, ResourcePoolEntity>((_, pool, request) =>
        {
            lock (world.Store.Gate)
            {
                if (!string.IsNullOrEmpty(request.Name) && request.Name != pool.Name)
                {
                    pool.Name = CheckFree(world.Get<Entity>(pool.Parent!.Value), request.Name);
                }

                pool.ApplyConfig(request.Config ?? new ResourceConfigSpec());
                return null;
            }
        });
        table.Add<MoveIntoResourcePoolRequest, ResourcePoolEntity>(Move);
        table.Add<CreateChildVMTaskRequest, ResourcePoolEntity>((call, pool, request)
            => machines.Create(call, pool, request.Config, null, pool, request.Host, request.MethodName));
    }

    private ManagedObjectReference Enter(ResourcePoolEntity parent, ResourcePoolEntity pool)
    {
        world.Store.Add(pool);
        parent.AddReference("resourcePool", pool.Reference);
        return pool.Reference;
    }

    private object? Move(OperationCall call, ResourcePoolEntity target, MoveIntoResourcePoolRequest request)
    {
        lock (world.Store.Gate)
        {
            foreach (var entity in request.List.Select(world.Get<Entity>))
            {
                switch (entity)
                {
                    case VirtualMachineEntity machine:
                        if (machine.Pool is { } old)
                        {
                            world.Store.Find<ResourcePoolEntity>(old)?.RemoveReference("vm", machine.Reference);
                        }

                        target.AddReference("vm", machine.Reference);
                        machine.Write("resourcePool", target.Reference);
                        break;
                    case ResourcePoolEntity pool when world.Store.Find<ResourcePoolEntity>(pool.Parent!.Value) is { } parent && pool != target:
                        parent.RemoveReference("resourcePool", pool.Reference);
                        target.AddReference("resourcePool", pool.Reference);
                        pool.Parent = target.Reference;
                        break;
                    default:
                        throw Faults.InvalidArgument("list", $"'{entity.Name}' cannot move into a resource pool.");
                }

                world.Store.NoteMove(entity);
            }

            return null;
        }
    }

    private string CheckFree(Entity parent, string? asked)
    {
        var name = OperationText.CheckName(asked);
        var taken = parent.References("resourcePool").Select(world.Store.Find<Entity>).FirstOrDefault(pool => pool?.Name == name);
        return taken is null ? name : throw Faults.DuplicateName(name, taken.Reference);
    }
}
