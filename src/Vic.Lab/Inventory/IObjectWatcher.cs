namespace Vic.Lab.Inventory;

/// <summary>Is told about changes of the objects that it watches, under the store's lock.</summary>
internal interface IObjectWatcher
{
    /// <summary>A property has another value. What did not change below it is the same object in the old and the new value.</summary>
    void Changed(ManagedObject managedObject, string name, object? old, object? value);

    /// <summary>The object is gone.</summary>
    void Removed(ManagedObject managedObject);
}
