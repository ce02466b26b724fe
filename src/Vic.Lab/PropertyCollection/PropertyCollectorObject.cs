using System.Globalization;
using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>
/// A session's property collector: filters, a version that counts what the client has seen, and the signal that ends a wait. A wait sleeps until
/// one of its filters notes a change; nothing polls.
/// </summary>
internal sealed class PropertyCollectorObject : ManagedObject, IDisposable
{
    private const int FilterLimit = 200;

    private readonly InventoryStore store;
    private readonly SessionObjects session;
    private readonly List<PropertyFilterObject> filters = [];
    private TaskCompletionSource changed = NewSignal();
    private CancellationTokenSource waits = new();
    private long version;
    private UpdateSet? unacknowledged;
    private bool disposed;

    public PropertyCollectorObject(ManagedObjectReference reference, InventoryStore store, SessionObjects session, SessionSight sight)
        : base(reference)
    {
        this.store = store;
        this.session = session;
        Sight = sight;
        sight.Changed += Signal;
        Write("filter", new List<ManagedObjectReference>());
    }

    public Lock Gate => store.Gate;

    /// <summary>What the session's user may see.</summary>
    public SessionSight Sight { get; }

    /// <summary>The object of a reference; null when there is none, or none that the session's user may see.</summary>
    public ManagedObject? Resolve(ManagedObjectReference reference)
        => session.Find(reference) ?? (store.TryFind(reference, out var managedObject) && Sight.CanSee(managedObject) ? managedObject : null);

    /// <exception cref="VimFaultException">There is no such object, or the session's user may not see it.</exception>
    public void CheckStart(ManagedObjectReference reference, bool reportMissing)
    {
        if (Resolve(reference) is null && (!reportMissing || store.TryFind(reference, out _)))
        {
            throw store.TryFind(reference, out _)
                ? Faults.NoPermission(reference, Privileges.View)
                : Faults.ManagedObjectNotFound(reference);
        }
    }

    public PropertyFilterObject CreateFilter(PropertyFilterSpec spec, bool partialUpdates)
    {
        var plan = FilterPlan.Compile(spec);
        lock (store.Gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            RetrievalReader.CheckStarts(plan, this);
            RetrievalReader.CheckPaths(ObjectSelection.Evaluate(plan, this).Reported);
            if (filters.Count >= FilterLimit)
            {
                throw Faults.LimitExceeded("filter", FilterLimit);
            }

            var filter = new PropertyFilterObject(session.NewReference("PropertyFilter"), plan, partialUpdates, this);
            filters.Add(filter);
            session.Add(filter);
            WriteFilters();
            Signal();
            return filter;
        }
    }

    public void DestroyFilter(PropertyFilterObject filter)
    {
        lock (store.Gate)
        {
            if (filters.Remove(filter))
            {
                filter.Dispose();
                session.Remove(filter.Reference);
                WriteFilters();
            }
        }
    }

    /// <summary>Wakes the waits of this collector; called under the store's lock.</summary>
    public void Signal() => changed.TrySetResult();

    /// <summary>
    /// The changes since a version: at once when there are some, else as soon as there are, or null after <paramref name="maxWait"/>.
    /// </summary>
    public async Task<UpdateSet?> WaitForUpdatesAsync(
        string? since, TimeSpan? maxWait, int? maxObjectUpdates, CancellationToken cancellationToken)
    {
        CancellationToken cancelled;
        lock (store.Gate)
        {
            cancelled = waits.Token;
            Acknowledge(since);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, cancelled);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(either.Token);
        if (maxWait is { } wait)
        {
            limit.CancelAfter(wait);
        }

        while (true)
        {
            Task signal;
            lock (store.Gate)
            {
                if (cancelled.IsCancellationRequested)
                {
                    throw Faults.RequestCanceled();
                }

                if (unacknowledged is not null)
                {
                    return unacknowledged;
                }

                changed = changed.Task.IsCompleted ? NewSignal() : changed;
                if (Collect(maxObjectUpdates ?? int.MaxValue) is { } updates)
                {
                    return unacknowledged = updates;
                }

                signal = changed.Task;
            }

            if (maxWait == TimeSpan.Zero)
            {
                return null;
            }

            try
            {
                await signal.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                throw Faults.RequestCanceled();
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    /// <summary>Ends the waits under way with RequestCanceled.</summary>
    public void CancelWaits()
    {
        CancellationTokenSource ended;
        lock (store.Gate)
        {
            ended = waits;
            waits = new CancellationTokenSource();
        }

        ended.Cancel();
        ended.Dispose();
    }

    public void Dispose()
    {
        lock (store.Gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            Sight.Changed -= Signal;
            foreach (var filter in filters)
            {
                filter.Dispose();
                session.Remove(filter.Reference);
            }

            filters.Clear();
        }

        CancelWaits();
    }

    /// <summary>
    /// A client names the version that it has. The current one acknowledges the last answer; the one before means that the answer was lost and is
    /// wanted again; none starts over.
    /// </summary>
    private void Acknowledge(string? since)
    {
        if (string.IsNullOrEmpty(since))
        {
            unacknowledged = null;
            foreach (var filter in filters)
            {
                filter.Restart();
            }
        }
        else if (since == Text(version))
        {
            unacknowledged = null;
        }
        else if (unacknowledged is null || since != Text(version - 1))
        {
            throw Faults.InvalidCollectorVersion();
        }
    }

    private UpdateSet? Collect(int limit)
    {
        List<PropertyFilterUpdate>? updates = null;
        var truncated = false;
        foreach (var filter in filters)
        {
            if (filter.Collect(ref limit, ref truncated) is { } update)
            {
                (updates ??= []).Add(update);
            }
        }

        return updates is null
            ? null
            : new UpdateSet { Version = Text(++version), FilterSet = updates, Truncated = truncated ? true : null };
    }

    private void WriteFilters() => Write("filter", filters.Select(filter => filter.Reference).ToList());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
