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
    private readonly HashSet<ManagedObjectReference> absent = [];
    private readonly Queue<ManagedObjectReference> newlyAbsent = new();
    private readonly bool partialUpdates;
    private readonly List<ManagedObjectReference> dropped = [];
    private bool stale = true;
    private long seen;
    private bool disposed;

    public PropertyFilterObject(ManagedObjectReference reference, FilterPlan plan, bool partialUpdates, PropertyCollectorObject collector)
        : base(reference)
    {
        this.plan = plan;
        this.partialUpdates = partialUpdates;
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
        absent.Clear();
        newlyAbsent.Clear();
        dropped.Clear();
        stale = true;
    }

    /// <summary>Takes at most <paramref name="limit"/> object updates; null when nothing changed.</summary>
    public PropertyFilterUpdate? Collect(ref int limit, ref bool truncated)
    {
        // What was dropped from a list and is gone has left by itself; what is still there may be reached on another way.
        if (stale || seen != collector.Sight.Version || dropped.Exists(reference => collector.Resolve(reference) is not null))
        {
            Reselect();
        }

        dropped.Clear();
        List<ObjectUpdate>? updates = null;
        while (limit > 0 && left.TryDequeue(out var leaving))
        {
            (updates ??= []).Add(leaving);
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
        var gone = TakeMissing();
        return updates is null && gone is null
            ? null
            : new PropertyFilterUpdate { Filter = Reference, ObjectSet = updates, MissingSet = gone };
    }

    public void Changed(ManagedObject managedObject, ValueChange change)
    {
        if (!watched.TryGetValue(managedObject, out var entry))
        {
            return;
        }

        var (name, old, value) = (change.Name, change.Old, change.Value);
        foreach (var step in entry.Walked?.Where(step => Differs(step.Steps, name, old, value)).ToList() ?? [])
        {
            Rewalk(step, change);
            collector.Signal();
        }

        if (entry.Selection is null || entry.IsNew)
        {
            return;
        }

        var count = entry.ChangedPaths?.Count ?? 0;
        if (entry.Selection.All)
        {
            entry.NoteChange(new PropertySelection.SelectedPath(name, [new PropertyPathStep(name, null)]), old);
        }

        foreach (var path in entry.Selection.Paths)
        {
            if (Differs(path.Steps, name, old, value))
            {
                entry.NoteChange(path, PropertyValue.Descend(old, path.Steps).Value);
            }
        }

        if (entry.ChangedPaths is { } changed && changed.Count > count)
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
            stale |= plan.ReportMissingObjects || entry.Walked is not null;
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

    /// <summary>
    /// A list that the plan leads through has changed. Objects that came are taken in alone: with ten thousand others watched, one more costs what one
    /// costs.
    /// </summary>
    private void Rewalk(TraversalStep step, ValueChange change)
    {
        if (stale)
        {
            return;
        }

        if (step.Steps is not [{ Key: null }] || change.References is not { } delta)
        {
            stale = true;
            return;
        }

        dropped.AddRange(delta.Removed);
        foreach (var reference in delta.Added)
        {
            if (collector.Resolve(reference) is not { } target)
            {
                stale = true;
                return;
            }

            Include(ObjectSelection.Extend(
                plan, collector, step, target, (from, taken) => watched.TryGetValue(from, out var entry) && entry.Walked?.Contains(taken) == true));
        }
    }

    private void Include(ObjectSelection selection)
    {
        foreach (var (managedObject, properties) in selection.Reported)
        {
            Report(Watch(managedObject), properties);
        }

        foreach (var (managedObject, steps) in selection.Walked)
        {
            (Watch(managedObject).Walked ??= []).AddRange(steps);
        }
    }

    private Watched Watch(ManagedObject managedObject)
    {
        if (!watched.TryGetValue(managedObject, out var entry))
        {
            managedObject.AddWatcher(this);
            watched[managedObject] = entry = new Watched(managedObject);
        }

        return entry;
    }

    private void Report(Watched entry, PropertySelection properties)
    {
        if (entry.Selection is null)
        {
            entry.Selection = properties;
            entry.IsNew = true;
            MarkDirty(entry);
        }
    }

    private void Reselect()
    {
        stale = false;
        seen = collector.Sight.Version;
        var selection = ObjectSelection.Evaluate(plan, collector);
        NoteMissing(selection.Missing);
        var next = new Dictionary<ManagedObject, Watched>(selection.Reported.Count + selection.Walked.Count);
        foreach (var (managedObject, properties) in selection.Reported)
        {
            Report(next[managedObject] = Take(managedObject), properties);
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

    private void NoteMissing(IReadOnlyList<ManagedObjectReference> references)
    {
        if (!plan.ReportMissingObjects)
        {
            return;
        }

        foreach (var reference in references)
        {
            if (absent.Add(reference))
            {
                newlyAbsent.Enqueue(reference);
            }
        }
    }

    private List<MissingObject>? TakeMissing()
    {
        List<MissingObject>? taken = null;
        while (newlyAbsent.TryDequeue(out var reference))
        {
            var fault = Faults.ManagedObjectNotFound(reference);
            (taken ??= []).Add(new MissingObject
            {
                Obj = reference,
                Fault = new LocalizedMethodFault { Fault = fault.Fault, LocalizedMessage = fault.FaultText },
            });
        }

        return taken;
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
            changes = [.. properties.Select(property => new PropertyChange { Name = property.Name, Op = PropertyChangeOp.Assign, Val = property.Val })];
        }
        else
        {
            changes = [.. entry.ChangedPaths!
                .Where(change => collector.Sight.Lacks(entry.Object, change.Path.Steps[0].Name) is null)
                .SelectMany(change => PropertyDelta.Of(entry.Object, collector.Sight, change.Path, change.Old, partialUpdates))];
        }

        entry.IsNew = false;
        entry.ChangedPaths = null;
        if (!isNew && changes.Count == 0)
        {
            // What has changed back is no change.
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

        /// <summary>The paths whose values have changed, with the values that the client has.</summary>
        public List<(PropertySelection.SelectedPath Path, object? Old)>? ChangedPaths { get; set; }

        public LinkedListNode<Watched>? Node { get; set; }

        public void NoteChange(PropertySelection.SelectedPath path, object? old)
        {
            ChangedPaths ??= [];
            if (!ChangedPaths.Exists(known => known.Path.Text == path.Text))
            {
                ChangedPaths.Add((path, old));
            }
        }
    }
}
