using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Documents;

/// <summary>Names by which objects of the inventory are found again: the plain name where it is the only one of its kind, else the path.</summary>
internal sealed class InventoryNames(InventorySnapshot inventory)
{
    public string Of(InventoryEntity entity) =>
        inventory.OfType(entity.Reference.Type).Count(other => other.Name == entity.Name) > 1 ? inventory.PathOf(entity) : entity.Name;

    /// <summary>The place in which a pool makes its children: a cluster or host, or the pool itself.</summary>
    public string Location(ManagedObjectReference pool)
    {
        var entity = inventory.Find(pool);
        return entity is null ? pool.Value : Of(IsRoot(entity) ? inventory.Find(entity.Parent)! : entity);
    }

    /// <summary>Whether a pool is the one that every cluster and every host has.</summary>
    public bool IsRoot(InventoryEntity pool) => inventory.Find(pool.Parent)?.Reference.Type is "ComputeResource" or "ClusterComputeResource";
}
