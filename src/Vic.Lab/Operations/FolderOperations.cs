using Vic.Lab.Inventory;
using Vic.Lab.Operations.Networks;
using Vic.Lab.Operations.ResourcePools;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>Folder, Datacenter, and what all managed entities have in common.</summary>
internal sealed class FolderOperations(LabWorld world, VirtualMachineTasks machines, DistributedSwitches switches)
{
    public void AddTo(OperationTable table)
    {
        table.Add<CreateFolderRequest, FolderEntity>(CreateFolder);
        table.Add<CreateVMTaskRequest, FolderEntity>((call, folder, request) =>
        {
            lock (world.Store.Gate)
            {
                CheckAccepts(folder, "VirtualMachine");
                var pool = world.Get<ResourcePoolEntity>(request.Pool);
                return machines.Create(call, folder, request.Config, folder, pool, request.Host, request.MethodName);
            }
        });
        table.Add<MoveIntoFolderTaskRequest, FolderEntity>((call, folder, request) => world.Tasks.Start(
            Start(call, folder, "Folder.moveInto", request.MethodName), (_, _) => Task.FromResult(Move(folder, request.List))));
        table.Add<RenameTaskRequest, Entity>((call, entity, request) => world.Tasks.Start(
            Start(call, entity, $"{entity.Reference.Type}.rename", request.MethodName),
            (_, _) => Task.FromResult(Rename(call, entity, request.NewName))));
        table.Add<DestroyTaskRequest, Entity>(Destroy);
        table.Add<PowerOnMultiVMTaskRequest, DatacenterEntity>((call, datacenter, request) =>
        {
            lock (world.Store.Gate)
            {
                var all = request.Vm.Select(world.Get<VirtualMachineEntity>).ToList();
                return machines.PowerOnMany(call, datacenter, all);
            }
        });
    }

    private object? CreateFolder(OperationCall call, FolderEntity parent, CreateFolderRequest request)
    {
        var name = OperationText.CheckName(request.Name);
        lock (world.Store.Gate)
        {
            if (!world.IsVCenter)
            {
                throw Faults.NotSupported("CreateFolder without vCenter");
            }

            CheckAccepts(parent, "Folder");
            EntityNames.CheckFree(world.Store, parent, name);
            var folder = new FolderEntity(world.Store.NewReference("Folder", IdPrefix(parent)), name, parent.Reference, parent.ChildTypes);
            world.Store.Add(folder);
            parent.AddReference("childEntity", folder.Reference);
            return folder.Reference;
        }
    }

    /// <summary>vCenter's ids tell what a folder is for.</summary>
    private static string IdPrefix(FolderEntity parent) => parent switch
    {
        _ when parent.Accepts("VirtualMachine") => "group-v",
        _ when parent.Accepts("ComputeResource") => "group-h",
        _ when parent.Accepts("Datastore") => "group-s",
        _ when parent.Accepts("Network") => "group-n",
        _ => "group-d",
    };

    private object? Move(FolderEntity target, IReadOnlyList<ManagedObjectReference> references)
    {
        lock (world.Store.Gate)
        {
            foreach (var entity in references.Select(world.Get<Entity>))
            {
                CheckAccepts(target, entity.Reference.Type);
                if (entity.Parent == target.Reference)
                {
                    continue;
                }

                if (entity.Parent is { } old && world.Store.Find<FolderEntity>(old) is null)
                {
                    throw Faults.NotSupported($"MoveIntoFolder_Task of '{entity.Name}', which is not in a folder");
                }

                for (Entity? above = target; above is not null; above = above.Parent is { } next ? world.Store.Find<Entity>(next) : null)
                {
                    if (above == entity)
                    {
                        throw Faults.New(new InvalidFolder { Target = target.Reference }, "A folder cannot move into itself.");
                    }
                }

                EntityNames.CheckFree(world.Store, target, entity.Name);
                if (entity.Parent is { } parent)
                {
                    world.Store.Find<FolderEntity>(parent)?.RemoveReference("childEntity", entity.Reference);
                }

                entity.Parent = target.Reference;
                target.AddReference("childEntity", entity.Reference);
                world.Store.NoteMove(entity);
            }

            return null;
        }
    }

    private object? Rename(OperationCall call, Entity entity, string? newName)
    {
        var name = OperationText.CheckName(newName);
        lock (world.Store.Gate)
        {
            if (name == entity.Name)
            {
                return null;
            }

            if (entity.Parent is { } parent && world.Store.Find<Entity>(parent) is { } above)
            {
                EntityNames.CheckFree(world.Store, above, name);
            }

            switch (entity)
            {
                case VirtualMachineEntity machine:
                    var config = machine.Config.ShallowClone();
                    config.Name = name;
                    var occurred = new VmRenamedEvent { Template = false, OldName = machine.Name, NewName = name };
                    machine.Config = config;
                    world.Events.PostMachineEvent(occurred, machine, call.Session.UserName, $"Renamed {occurred.OldName} to {name}.");
                    break;
                case PortGroupEntity group:
                    group.Rename(name);
                    break;
                case SwitchEntity dvs:
                    var renamed = dvs.Config.ShallowClone();
                    renamed.Name = name;
                    dvs.Config = renamed;
                    break;
                case NetworkEntity or HostEntity:
                    throw Faults.NotSupported($"Rename_Task of a {entity.Reference.Type}");
                case DatastoreEntity:
                    throw Faults.NotSupported("Rename_Task of a datastore");
                default:
                    entity.Name = name;
                    (entity as ResourcePoolEntity)?.WriteSummary();
                    break;
            }

            return null;
        }
    }

    private object? Destroy(OperationCall call, Entity entity, DestroyTaskRequest request)
    {
        switch (entity)
        {
            case VirtualMachineEntity machine:
                return machines.Destroy(call, machine);
            case ResourcePoolEntity pool:
                return world.Tasks.Start(Start(call, pool, "ResourcePool.destroy", request.MethodName), async (progress, token) =>
                {
                    await new ResourcePoolRemoval(world, machines).DestroyAsync(call, pool, token).ConfigureAwait(false);
                    return null;
                });
            case FolderEntity folder:
                return world.Tasks.Start(Start(call, folder, "Folder.destroy", request.MethodName), async (_, token) =>
                {
                    await DestroyFolderAsync(call, folder, token).ConfigureAwait(false);
                    return null;
                });
            case PortGroupEntity group:
                return world.Tasks.Start(Start(call, group, "DistributedVirtualPortgroup.destroy", request.MethodName), async (_, token) =>
                {
                    await switches.DestroyGroupAsync(group, token).ConfigureAwait(false);
                    return null;
                });
            case SwitchEntity dvs:
                return world.Tasks.Start(Start(call, dvs, "DistributedVirtualSwitch.destroy", request.MethodName), async (_, token) =>
                {
                    await switches.DestroyAsync(dvs, token).ConfigureAwait(false);
                    return null;
                });
            default:
                throw Faults.NotSupported($"{entity.Reference.Type}.Destroy_Task");
        }
    }

    private async Task DestroyFolderAsync(OperationCall call, FolderEntity folder, CancellationToken cancellationToken)
    {
        List<Entity> children;
        lock (world.Store.Gate)
        {
            if (folder.Parent is not { } parent || world.Store.Find<FolderEntity>(parent) is null)
            {
                throw Faults.NotSupported("Destroy_Task of a datacenter's own folder");
            }

            children = [.. folder.Children.Select(world.Store.Find<Entity>).OfType<Entity>()];
        }

        foreach (var child in children)
        {
            switch (child)
            {
                case VirtualMachineEntity machine:
                    await machines.DestroyAsync(call, machine, cancellationToken).ConfigureAwait(false);
                    break;
                case FolderEntity below:
                    await DestroyFolderAsync(call, below, cancellationToken).ConfigureAwait(false);
                    break;
                case SwitchEntity dvs:
                    await switches.DestroyAsync(dvs, cancellationToken).ConfigureAwait(false);
                    break;
                case PortGroupEntity group when !world.Store.TryFind(group.Reference, out _):
                    // It went with its switch.
                    break;
                case NetworkEntity network:
                    await switches.DestroyNetworkAsync(network, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    throw Faults.ResourceInUse(child.Reference.Type, child.Name);
            }
        }

        lock (world.Store.Gate)
        {
            world.Store.Find<FolderEntity>(folder.Parent!.Value)?.RemoveReference("childEntity", folder.Reference);
            world.Store.Remove(folder);
        }
    }

    private static void CheckAccepts(FolderEntity folder, string type)
    {
        if (!folder.Accepts(type))
        {
            throw Faults.NotSupported($"A {type} in the folder '{folder.Name}'");
        }
    }

    private static TaskStart Start(OperationCall call, Entity entity, string descriptionId, string method)
        => new(entity, descriptionId, method, call.Session.UserName);
}
