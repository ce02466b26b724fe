namespace Vic.Lab.Inventory;

/// <summary>Is told when objects come, go and move, under the store's lock.</summary>
internal interface IInventoryObserver
{
    void Added(ManagedObject managedObject);

    void Removed(ManagedObject managedObject);

    void Moved(ManagedObject managedObject);
}
