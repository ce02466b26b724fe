using Vic.Lab.Inventory;
using Vic.Lab.Operations.Hosts.EsxCli;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>Whose permissions count for an object, and from where they come down. Used under the store's lock.</summary>
internal sealed class ObjectOwnership(InventoryStore store)
{
    /// <summary>The entity that holds an object; null for the service's own, which are where the root folder is.</summary>
    public Entity? EntityOf(ManagedObject managedObject) => managedObject switch
    {
        Entity entity => entity,
        HostPartObject part => part.Host,
        VimTaskObject task => Find(task.Info.Entity),
        _ when managedObject.Reference.Type == "VirtualMachineSnapshot" => Find(managedObject.Read("vm") as ManagedObjectReference?),
        _ when managedObject.Reference.Type == "HostDatastoreBrowser" && DatastoreOf(managedObject) is { } datastore => datastore,
        ServiceObject part => store.OfType<HostEntity>().FirstOrDefault(host => host.Parts.Contains(part.Reference)),
        _ => null,
    };

    /// <summary>
    /// The entity that a permission would be on: the children that a datacenter or a compute resource cannot be without have their parent's.
    /// </summary>
    public Entity Subject(Entity entity)
    {
        while (entity.Parent is { } reference && Find(reference) is { } parent && IsPartOf(entity, parent))
        {
            entity = parent;
        }

        return entity;
    }

    /// <summary>The entities that an entity inherits permissions from: a machine from its folder and from its resource pool.</summary>
    public IEnumerable<Entity> ParentsOf(Entity entity)
    {
        if (Find(entity.Parent) is { } parent)
        {
            yield return parent;
        }

        switch (entity)
        {
            case VirtualMachineEntity machine when Find(machine.Pool) is { } pool:
                yield return pool;
                break;
            case VirtualAppEntity when Find(entity.Read("parentFolder") as ManagedObjectReference?) is { } folder:
                yield return folder;
                break;
        }
    }

    private static bool IsPartOf(Entity entity, Entity parent) => parent switch
    {
        DatacenterEntity => entity is FolderEntity,
        ClusterEntity => entity is ResourcePoolEntity,
        ComputeResourceEntity => entity is ResourcePoolEntity or HostEntity,
        _ => false,
    };

    private DatastoreEntity? DatastoreOf(ManagedObject browser)
        => browser.Read<List<ManagedObjectReference>>("datastore") is [var only] && store.Find<DatastoreEntity>(only) is { } datastore
            && datastore.Read("browser") is ManagedObjectReference own && own == browser.Reference
            ? datastore
            : null;

    private Entity? Find(ManagedObjectReference? reference) => reference is { } known ? store.Find<Entity>(known) : null;
}
