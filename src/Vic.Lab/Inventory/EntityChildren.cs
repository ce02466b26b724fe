namespace Vic.Lab.Inventory;

/// <summary>What is below an entity, for views and inventory paths.</summary>
internal static class EntityChildren
{
    public static IEnumerable<Entity> Of(Entity entity, InventoryStore store)
    {
        string[] properties = entity switch
        {
            FolderEntity => ["childEntity"],
            DatacenterEntity => ["vmFolder", "hostFolder", "datastoreFolder", "networkFolder"],
            ComputeResourceEntity => ["host", "resourcePool"],
            HostEntity => ["vm"],
            ResourcePoolEntity => ["resourcePool", "vm"],
            SwitchEntity => ["portgroup"],
            _ => [],
        };
        foreach (var property in properties)
        {
            var references = entity.Read(property) is Vim25.ManagedObjectReference single ? [single] : entity.References(property);
            foreach (var reference in references)
            {
                if (store.Find<Entity>(reference) is { } child)
                {
                    yield return child;
                }
            }
        }
    }
}
