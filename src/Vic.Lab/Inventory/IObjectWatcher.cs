namespace Vic.Lab.Inventory;

/// <summary>Is told about changes of the objects that it watches, under the store's lock.</summary>
internal interface IObjectWatcher
{
    /// <summary>A property has another value.</summary>
    void Changed(ManagedObject managedObject, ValueChange change);

    /// <summary>The object is gone.</summary>
    void Removed(ManagedObject managedObject);
}
