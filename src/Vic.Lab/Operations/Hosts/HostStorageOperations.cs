using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Hosts;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts;

/// <summary>HostDatastoreSystem and HostStorageSystem.</summary>
internal sealed class HostStorageOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<CreateNasDatastoreRequest, ServiceObject>((_, system, request) =>
        {
            lock (world.Store.Gate)
            {
                return new HostStorage(world, world.HostOf(system, parts => parts.Datastore)).MountNas(request.Spec).Reference;
            }
        });
        table.Add<RemoveDatastoreRequest, ServiceObject>((_, system, request) =>
        {
            lock (world.Store.Gate)
            {
                new HostStorage(world, world.HostOf(system, parts => parts.Datastore)).Unmount(world.Get<DatastoreEntity>(request.Datastore));
                return null;
            }
        });
        table.Add<DestroyDatastoreRequest, DatastoreEntity>((_, datastore, _) =>
        {
            lock (world.Store.Gate)
            {
                if (datastore.References("vm").Count > 0)
                {
                    throw Faults.ResourceInUse("Datastore", datastore.Name);
                }

                foreach (var mount in datastore.Mounts)
                {
                    new HostStorage(world, world.Get<HostEntity>(mount.Key)).Unmount(datastore);
                }

                return null;
            }
        });
        table.Add<RefreshStorageSystemRequest, ServiceObject>((_, system, _) =>
        {
            lock (world.Store.Gate)
            {
                var host = world.HostOf(system, parts => parts.Storage);
                foreach (var datastore in host.References("datastore").Select(world.Get<DatastoreEntity>))
                {
                    datastore.Refresh();
                }

                new HostStorage(world, host).Refresh();
                return null;
            }
        });
    }
}
