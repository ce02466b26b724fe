using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A datastore cluster: a folder of datastores that are used as one.</summary>
internal sealed class StoragePodEntity : FolderEntity
{
    private readonly InventoryStore store;

    public StoragePodEntity(ManagedObjectReference reference, string name, ManagedObjectReference parent, InventoryStore store)
        : base(reference, name, parent, ["Datastore"])
    {
        this.store = store;
        Write("summary", null);
        Write("podStorageDrsEntry", new PodStorageDrsEntry
        {
            StorageDrsConfig = new StorageDrsConfigInfo
            {
                PodConfig = new StorageDrsPodConfigInfo { Enabled = true, IoLoadBalanceEnabled = false, DefaultVmBehavior = "manual" },
            },
        });
    }

    /// <summary>The datastores, the one with the most room first.</summary>
    public IReadOnlyList<DatastoreEntity> Datastores => [.. Children
        .Select(store.Find<DatastoreEntity>)
        .OfType<DatastoreEntity>()
        .OrderByDescending(datastore => datastore.Summary.FreeSpace)];

    /// <summary>What the datastores offer is added up when it is looked at.</summary>
    public override object? Read(string name) => name == "summary"
        ? new StoragePodSummary
        {
            Name = Name,
            Capacity = Datastores.Sum(datastore => datastore.Summary.Capacity),
            FreeSpace = Datastores.Sum(datastore => datastore.Summary.FreeSpace),
        }
        : base.Read(name);
}
