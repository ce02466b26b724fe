using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection.Views;

/// <summary>A list view: the objects that the client chose, without those that are gone.</summary>
internal sealed class ListViewObject : ManagedObject, IInventoryObserver, IDisposable
{
    private readonly InventoryStore store;

    public ListViewObject(ManagedObjectReference reference, InventoryStore store)
        : base(reference)
    {
        this.store = store;
        Write("view", new List<ManagedObjectReference>());
        store.AddObserver(this);
    }

    public IReadOnlyList<ManagedObjectReference> View => Read<List<ManagedObjectReference>>("view")!;

    /// <summary>Replaces the list, and returns the references that lead nowhere.</summary>
    public List<ManagedObjectReference> Reset(IEnumerable<ManagedObjectReference> references)
    {
        var asked = references.Distinct().ToList();
        var missing = asked.Where(reference => !store.TryFind(reference, out _)).ToList();
        Write("view", asked.Except(missing).ToList());
        return missing;
    }

    public void Added(ManagedObject managedObject)
    {
    }

    public void Removed(ManagedObject managedObject)
    {
        if (View.Contains(managedObject.Reference))
        {
            Write("view", View.Where(reference => reference != managedObject.Reference).ToList());
        }
    }

    public void Moved(ManagedObject managedObject)
    {
    }

    public void Dispose()
    {
        lock (store.Gate)
        {
            store.RemoveObserver(this);
        }
    }
}
