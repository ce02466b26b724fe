using System.Collections.Concurrent;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>Managed objects that belong to one session and end with it: property collectors, filters, views, history collectors.</summary>
internal sealed class SessionObjects : IDisposable
{
    private const int ObjectLimit = 1000;

    private readonly ConcurrentDictionary<ManagedObjectReference, ManagedObject> objects = [];
    private readonly string prefix = "session[" + Guid.NewGuid().ToString() + "]";
    private volatile bool disposed;

    public ManagedObjectReference NewReference(string type) => new(type, prefix + Guid.NewGuid().ToString());

    public IEnumerable<ManagedObject> All => objects.Values;

    public ManagedObject? Find(ManagedObjectReference reference) => objects.GetValueOrDefault(reference);

    public IEnumerable<T> OfType<T>()
        where T : ManagedObject => objects.Values.OfType<T>();

    public T GetOrAdd<T>(ManagedObjectReference reference, Func<T> create)
        where T : ManagedObject
        => (T)objects.GetOrAdd(reference, _ => create());

    public void Add(ManagedObject managedObject)
    {
        if (disposed || objects.Count >= ObjectLimit)
        {
            throw Faults.LimitExceeded("session objects", ObjectLimit);
        }

        objects[managedObject.Reference] = managedObject;
    }

    public void Remove(ManagedObjectReference reference) => objects.TryRemove(reference, out _);

    public void Dispose()
    {
        disposed = true;
        foreach (var (reference, managedObject) in objects)
        {
            objects.TryRemove(reference, out _);
            (managedObject as IDisposable)?.Dispose();
        }
    }
}
