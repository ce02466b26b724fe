using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>
/// Every managed object of the lab that is not a session's own. One lock guards all state: sections under it only touch memory, and what takes
/// time (disks, machines, serialisation) happens outside.
/// </summary>
internal sealed class InventoryStore
{
    private readonly Dictionary<ManagedObjectReference, ManagedObject> objects = [];
    private readonly List<IInventoryObserver> observers = [];
    private long lastId = 100;

    /// <summary>Held while state is read or changed.</summary>
    public Lock Gate { get; } = new();

    public int Count => objects.Count;

    public IEnumerable<ManagedObject> All => objects.Values;

    /// <summary>A reference that was never used, such as <c>vm-101</c>.</summary>
    public ManagedObjectReference NewReference(string type, string prefix)
        => new(type, prefix + Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture));

    public void Add(ManagedObject managedObject)
    {
        objects.Add(managedObject.Reference, managedObject);
        foreach (var observer in observers)
        {
            observer.Added(managedObject);
        }
    }

    public void Remove(ManagedObject managedObject)
    {
        if (!objects.Remove(managedObject.Reference))
        {
            return;
        }

        foreach (var observer in observers)
        {
            observer.Removed(managedObject);
        }

        managedObject.AnnounceRemoval();
    }

    /// <summary>Tells the observers that an entity has another parent.</summary>
    public void NoteMove(ManagedObject managedObject)
    {
        foreach (var observer in observers)
        {
            observer.Moved(managedObject);
        }
    }

    public bool TryFind(ManagedObjectReference reference, [MaybeNullWhen(false)] out ManagedObject managedObject)
        => objects.TryGetValue(reference, out managedObject);

    public T? Find<T>(ManagedObjectReference reference)
        where T : ManagedObject => objects.GetValueOrDefault(reference) as T;

    public IEnumerable<T> OfType<T>()
        where T : ManagedObject => objects.Values.OfType<T>();

    public void AddObserver(IInventoryObserver observer) => observers.Add(observer);

    public void RemoveObserver(IInventoryObserver observer) => observers.Remove(observer);
}
