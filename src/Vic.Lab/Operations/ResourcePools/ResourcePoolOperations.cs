using Vic.Lab.Inventory;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Vim25;

namespace Vic.Lab.Operations.ResourcePools;

/// <summary>ResourcePool and VirtualApp.</summary>
internal sealed class ResourcePoolOperations(LabWorld world, VirtualMachineTasks machines)
{
    private readonly ResourcePoolMoves moves = new(world);

    public void AddTo(OperationTable table)
    {
        table.Add<CreateResourcePoolRequest, ResourcePoolEntity>((_, parent, request) => Create(
            parent,
            request.Name,
            request.Spec,
            name => new ResourcePoolEntity(
                world.Store.NewReference("ResourcePool", "resgroup-"), name, parent.Reference, parent.Owner, request.Spec)));
        table.Add<CreateVAppRequest, ResourcePoolEntity>((_, parent, request) => CreateVApp(parent, request));
        table.Add<UpdateConfigRequest, ResourcePoolEntity>((_, pool, request) => UpdateConfig(pool, request));
        table.Add<UpdateVAppConfigRequest, VirtualAppEntity>((_, vapp, request) =>
        {
            lock (world.Store.Gate)
            {
                vapp.VAppConfig = VAppConfigurationChange.Apply(vapp, request.Spec);
                return null;
            }
        });
        table.Add<MoveIntoResourcePoolRequest, ResourcePoolEntity>((_, target, request) =>
        {
            lock (world.Store.Gate)
            {
                foreach (var entity in request.List.Select(world.Get<Entity>).ToList())
                {
                    moves.Move(entity, target);
                }

                return null;
            }
        });
        table.AddAsync<DestroyChildrenRequest, ResourcePoolEntity>(async (call, pool, _) =>
        {
            await new ResourcePoolRemoval(world, machines).DestroyChildrenAsync(call, pool, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
        table.Add<CreateChildVMTaskRequest, VirtualAppEntity>((call, pool, request)
            => machines.Create(call, pool, request.Config, null, pool, request.Host, request.MethodName));
    }

    private ManagedObjectReference CreateVApp(ResourcePoolEntity parent, CreateVAppRequest request)
    {
        if (!world.IsVCenter)
        {
            throw Faults.NotSupported(request.MethodName);
        }

        lock (world.Store.Gate)
        {
            var folder = request.VmFolder ?? world.Datacenter.Folders.Vm;
            if (!world.Get<FolderEntity>(folder).Accepts("VirtualApp"))
            {
                throw Faults.New(new InvalidFolder { Target = folder }, "A vApp belongs into a folder of virtual machines.");
            }

            return Create(parent, request.Name, request.ResSpec, name =>
            {
                var isNested = parent is VirtualAppEntity;
                var vapp = new VirtualAppEntity(
                    world.Store.NewReference("VirtualApp", "resgroup-v"),
                    name,
                    parent.Reference,
                    parent.Owner,
                    request.ResSpec,
                    isNested ? null : folder);
                vapp.Write("parentVApp", isNested ? parent.Reference : null);
                vapp.VAppConfig = VAppConfigurationChange.Apply(vapp, request.ConfigSpec);
                return vapp;
            });
        }
    }

    private ManagedObjectReference Create(ResourcePoolEntity parent, string? asked, ResourceConfigSpec config, Func<string, ResourcePoolEntity> make)
    {
        lock (world.Store.Gate)
        {
            var name = OperationText.CheckName(asked);
            moves.CheckFree(parent, name);
            ResourcePoolChecks.CheckNew(parent, config);
            var pool = make(name);
            ResourcePoolMoves.Attach(pool, parent);
            world.Store.Add(pool);
            parent.AddReference("resourcePool", pool.Reference);
            return pool.Reference;
        }
    }

    private object? UpdateConfig(ResourcePoolEntity pool, UpdateConfigRequest request)
    {
        lock (world.Store.Gate)
        {
            if (world.Store.Find<ResourcePoolEntity>(pool.Parent!.Value) is not { } parent)
            {
                throw Faults.NotSupported("UpdateConfig of a root resource pool");
            }

            var name = string.IsNullOrEmpty(request.Name) ? pool.Name : OperationText.CheckName(request.Name);
            if (name != pool.Name)
            {
                moves.CheckFree(parent, name);
            }

            if (request.Config is { } config)
            {
                if (!string.IsNullOrEmpty(config.ChangeVersion) && config.ChangeVersion != pool.Config.ChangeVersion)
                {
                    throw Faults.ConcurrentAccess();
                }

                ResourcePoolChecks.CheckChange(pool, parent, pool.Merge(config));
                pool.ApplyConfig(config);
            }

            pool.Name = name;
            pool.WriteSummary();
            return null;
        }
    }
}
