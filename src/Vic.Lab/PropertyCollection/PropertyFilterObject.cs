using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>
/// A property filter: it watches the objects that its plan leads to, and notes what changed until the collector asks. Everything here happens
/// under the store's lock.
/// </summary>
internal sealed class PropertyFilterObject : ManagedObject, IObjectWatcher, IDisposable
{
    private readonly FilterPlan plan;
    private readonly PropertyCollectorObject collector;
    private Dictionary<ManagedObject, Watched> watched = [];
    private readonly Queue<ObjectUpdate> left = new();
    private readonly LinkedList<Watched> dirty = new();
    private bool stale = true;
    private long seen;
    private bool disposed;

    public PropertyFilterObject(ManagedObjectReference reference, FilterPlan plan, bool partialUpdates, PropertyCollectorObject collector)
        : base(reference)
    {
        this.plan = plan;
        this.collector = collector;
        Write("spec", plan.Spec);
        Write("partialUpdates", partialUpdates);
    }

    public PropertyCollectorObject Collector => collector;

    /// <summary>Forgets what was reported, so that the next collection reports every object as new.</summary>
    public void Restart()
    {
        foreach (var managedObject in watched.Keys)
        {
            managedObject.RemoveWatcher(this);
        }

        watched = [];
        left.Clear();
        dirty.Clear();
        stale = true;
    }

    /// <summary>Takes at most <paramref name="limit"/> object updates; null when nothing changed.</summary>
    public PropertyFilterUpdate? Collect(ref int limit, ref bool truncated)
    {
        if (stale || seen != collector.Sight.Version)
        {
            Reselect();
        }

        List<ObjectUpdate>? updates = null;
        while (limit > 0 && left.TryDequeue(out var gone))
        {
            (updates ??= []).Add(gone);
            limit--;
        }

        while (limit > 0 && dirty.First is { } node)
        {
            dirty.RemoveFirst();
            if (TakeUpdate(node.Value) is { } update)
            {
                (updates ??= []).Add(update);
                limit--;
            }
        }

        truncated |= left.Count > 0 || dirty.Count > 0;
        return updates is null ? null : new PropertyFilterUpdate { Filter = Reference, ObjectSet = updates };
    }

    public void Changed(ManagedObject managedObject, string name, object? old, object? value)
    {
        if (!watched.TryGetValue(managedObject, out var entry))
        {
            return;
        }

        if (entry.Walked is not null && entry.Walked.Exists(step => Differs(step.Steps, name, old, value)))
        {
            stale = true;
            collector.Signal();
        }

        if (entry.Selection is null || entry.IsNew)
        {
            return;
        }

        var changes = entry.ChangedPaths?.Count ?? 0;
        if (entry.Selection.All)
        {
            entry.NoteChange(new PropertySelection.SelectedPath(name, [new PropertyPathStep(name, null)]));
        }

        foreach (var path in entry.Selection.Paths)
        {
            if (Differs(path.Steps, name, old, value))
            {
                entry.NoteChange(path);
            }
        }

        if (entry.ChangedPaths is { } changed && changed.Count > changes)
        {
            MarkDirty(entry);
            collector.Signal();
        }
    }

    public void Removed(ManagedObject managedObject)
    {
        if (watched.Remove(managedObject, out var entry))
        {
            managedObject.RemoveWatcher(this);
            Leave(entry);
            collector.Signal();
        }
    }

    public void Dispose()
    {
        lock (collector.Gate)
        {
            if (!disposed)
            {
                disposed = true;
                Restart();
            }
        }
    }

    private void Reselect()
    {
        stale = false;
        seen = collector.Sight.Version;
        var selection = ObjectSelection.Evaluate(plan, collector);
        var next = new Dictionary<ManagedObject, Watched>(selection.Reported.Count + selection.Walked.Count);
        foreach (var (managedObject, properties) in selection.Reported)
        {
            var entry = Take(managedObject);
            if (entry.Selection is null)
            {
                entry.Selection = properties;
                entry.IsNew = true;
                MarkDirty(entry);
            }

            next[managedObject] = entry;
        }

        foreach (var (managedObject, steps) in selection.Walked)
        {
            if (!next.TryGetValue(managedObject, out var entry))
            {
                next[managedObject] = entry = Take(managedObject);
                Leave(entry);
            }

            entry.Walked = steps;
        }

        foreach (var (managedObject, entry) in watched)
        {
            if (!next.ContainsKey(managedObject))
            {
                managedObject.RemoveWatcher(this);
                Leave(entry);
            }
        }

        watched = next;

        Watched Take(ManagedObject managedObject)
        {
            if (watched.TryGetValue(managedObject, out var entry))
            {
                entry.Walked = null;
                return entry;
            }

            managedObject.AddWatcher(this);
            return new Watched(managedObject);
        }
    }

    private void Leave(Watched entry)
    {
        if (entry.Selection is null)
        {
            return;
        }

        if (entry.Node is { } node)
        {
            dirty.Remove(node);
            entry.Node = null;
        }

        if (!entry.IsNew)
        {
            left.Enqueue(new ObjectUpdate { Kind = ObjectUpdateKind.Leave, Obj = entry.Object.Reference });
        }

        entry.Selection = null;
        entry.IsNew = false;
        entry.ChangedPaths = null;
    }

    private void MarkDirty(Watched entry) => entry.Node ??= dirty.AddLast(entry);

    private ObjectUpdate? TakeUpdate(Watched entry)
    {
        entry.Node = null;
        var isNew = entry.IsNew;
        List<MissingProperty>? missing = null;
        List<PropertyChange> changes;
        if (isNew)
        {
            (var properties, missing) = PropertyValue.ReadAll(entry.Object, entry.Selection!, collector.Sight);
            changes = [.. properties.Select(property => Assign(property.Name, property.Val))];
        }
        else
        {
            changes = [.. entry.ChangedPaths!
                .Where(path => collector.Sight.Lacks(entry.Object, path.Steps[0].Name) is null)
                .Select(path => Assign(path.Text, PropertyValue.Read(entry.Object, path.Steps, collector.Sight).Value))];
        }

        entry.IsNew = false;
        entry.ChangedPaths = null;
        if (!isNew && changes.Count == 0)
        {
            return null;
        }

        return new ObjectUpdate
        {
            Kind = isNew ? ObjectUpdateKind.Enter : ObjectUpdateKind.Modify,
            Obj = entry.Object.Reference,
            ChangeSet = changes,
            MissingSet = missing,
        };
    }

    private static PropertyChange Assign(string path, object? value)
        => new() { Name = path, Op = PropertyChangeOp.Assign, Val = value };

    private static bool Differs(IReadOnlyList<PropertyPathStep> steps, string name, object? old, object? value)
        => steps[0].Name == name
            && ((steps.Count == 1 && steps[0].Key is null)
                || !Equals(PropertyValue.Descend(old, steps).Value, PropertyValue.Descend(value, steps).Value));

    private sealed class Watched(ManagedObject managedObject)
    {
        public ManagedObject Object { get; } = managedObject;

        /// <summary>What is reported of the object; null while it is only walked through.</summary>
        public PropertySelection? Selection { get; set; }

        /// <summary>The steps that lead on from the object.</summary>
        public List<TraversalStep>? Walked { get; set; }

        public bool IsNew { get; set; }

        public List<PropertySelection.SelectedPath>? ChangedPaths { get; set; }

        public LinkedListNode<Watched>? Node { get; set; }

        public void NoteChange(PropertySelection.SelectedPath path)
        {
            ChangedPaths ??= [];
            if (!ChangedPaths.Exists(known => known.Text == path.Text))
            {
                ChangedPaths.Add(path);
            }
        }
    }
}
