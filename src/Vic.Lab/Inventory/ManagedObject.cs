using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>
/// A managed object: a reference and its property values. A value is immutable once it is set, so a reader may keep it after it let go of the
/// store's lock; a change replaces the value, sharing what did not change, and tells the watchers of this object.
/// </summary>
internal abstract class ManagedObject(ManagedObjectReference reference)
{
    private readonly Dictionary<string, object?> properties = new(StringComparer.Ordinal);
    private List<IObjectWatcher>? watchers;

    public ManagedObjectReference Reference { get; } = reference;

    /// <summary>Methods that an authorised user disabled on this object, by the name on the wire.</summary>
    public DisabledMethods DisabledMethods { get; } = new();

    /// <summary>The names of the properties that have been given a value, unset ones included.</summary>
    public IEnumerable<string> PropertyNames => properties.Keys;

    /// <summary>Reads a property under the store's lock; null when unset or unknown.</summary>
    public virtual object? Read(string name) => properties.GetValueOrDefault(name);

    public T? Read<T>(string name)
        where T : class => Read(name) as T;

    /// <summary>Replaces a property's value under the store's lock.</summary>
    public void Write(string name, object? value)
    {
        properties.TryGetValue(name, out var old);
        properties[name] = value;
        if (watchers is null || ReferenceEquals(old, value) || Equals(old, value))
        {
            return;
        }

        Announce(new ValueChange(name, old, value));
    }

    public void AddWatcher(IObjectWatcher watcher)
    {
        watchers ??= [];
        watchers.Add(watcher);
    }

    public void RemoveWatcher(IObjectWatcher watcher)
    {
        watchers?.Remove(watcher);
        if (watchers is { Count: 0 })
        {
            watchers = null;
        }
    }

    /// <summary>Tells the watchers that a property has changed.</summary>
    protected void Announce(ValueChange change)
    {
        if (watchers is null)
        {
            return;
        }

        foreach (var watcher in watchers)
        {
            watcher.Changed(this, change);
        }
    }

    /// <summary>Tells the watchers that the object is gone.</summary>
    internal void AnnounceRemoval()
    {
        if (watchers is null)
        {
            return;
        }

        foreach (var watcher in watchers.ToArray())
        {
            watcher.Removed(this);
        }
    }
}
