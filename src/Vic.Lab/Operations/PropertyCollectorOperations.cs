using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Lab.PropertyCollection;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>
/// PropertyCollector and PropertyFilter. The service's property collector is one object on the wire, but each session has its own behind it.
/// </summary>
internal sealed class PropertyCollectorOperations(LabWorld world)
{
    // What goes into one answer is bounded, as vCenter bounds it: a client asks for the rest.
    private const int PageLimit = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public void AddTo(OperationTable table)
    {
        table.Add<RetrievePropertiesRequest, ManagedObject>((call, target, request)
            => Retrieve(Collector(call, target), request.SpecSet, int.MaxValue, call).Objects);
        table.Add<RetrievePropertiesExRequest, ManagedObject>(RetrieveEx);
        table.Add<ContinueRetrievePropertiesExRequest, ManagedObject>((call, target, request)
            => NextPage(Collector(call, target), call, FindContinuation(call, request.Token)));
        table.Add<CancelRetrievePropertiesExRequest, ManagedObject>((call, _, request) =>
        {
            call.Session.Objects.Remove(FindContinuation(call, request.Token).Reference);
            return null;
        });
        table.Add<CreateFilterRequest, ManagedObject>((call, target, request)
            => Collector(call, target).CreateFilter(request.Spec, request.PartialUpdates).Reference);
        table.Add<DestroyPropertyFilterRequest, PropertyFilterObject>((_, filter, _) =>
        {
            filter.Collector.DestroyFilter(filter);
            return null;
        });
        table.Add<CreatePropertyCollectorRequest, ManagedObject>((call, _, _) => Create(call).Reference);
        table.Add<DestroyPropertyCollectorRequest, PropertyCollectorObject>((call, collector, _) =>
        {
            call.Session.Objects.Remove(collector.Reference);
            collector.Dispose();
            return null;
        });
        table.AddAsync<WaitForUpdatesExRequest, ManagedObject>(async (call, target, request) =>
        {
            var options = request.Options;
            if (options?.MaxWaitSeconds is < 0)
            {
                throw Faults.InvalidArgument("options.maxWaitSeconds", "A wait is not negative.");
            }

            if (options?.MaxObjectUpdates is < 1)
            {
                throw Faults.InvalidArgument("options.maxObjectUpdates", "An answer has at least one update.");
            }

            TimeSpan? wait = options?.MaxWaitSeconds is { } seconds
                ? TimeSpan.FromSeconds(Math.Min(seconds, (int)LongestWait.TotalSeconds))
                : null;
            return await Collector(call, target)
                .WaitForUpdatesAsync(request.Version, wait, Math.Min(options?.MaxObjectUpdates is { } most and > 0 ? most : PageLimit, PageLimit), call.CancellationToken).ConfigureAwait(false);
        });
        table.AddAsync<WaitForUpdatesRequest, ManagedObject>(async (call, target, request)
            => await Collector(call, target)
                .WaitForUpdatesAsync(request.Version, null, null, call.CancellationToken).ConfigureAwait(false));
        table.AddAsync<CheckForUpdatesRequest, ManagedObject>(async (call, target, request)
            => await Collector(call, target)
                .WaitForUpdatesAsync(request.Version, TimeSpan.Zero, null, call.CancellationToken).ConfigureAwait(false));
        table.Add<CancelWaitForUpdatesRequest, ManagedObject>((call, target, _) =>
        {
            Collector(call, target).CancelWaits();
            return null;
        });
    }

    /// <summary>The session's own collector for the service's reference, or the one that the client created.</summary>
    private PropertyCollectorObject Collector(OperationCall call, ManagedObject target)
    {
        if (target is PropertyCollectorObject created)
        {
            return created;
        }

        if (target.Reference != world.Content.PropertyCollector)
        {
            throw Faults.NotSupported($"{target.Reference.Type} as a property collector");
        }

        return call.Session.Objects.GetOrAdd(
            world.Content.PropertyCollector,
            () => new PropertyCollectorObject(world.Content.PropertyCollector, world.Store, call.Session.Objects, new SessionSight(world, call.Session)));
    }

    private PropertyCollectorObject Create(OperationCall call)
    {
        var objects = call.Session.Objects;
        var collector = new PropertyCollectorObject(objects.NewReference("PropertyCollector"), world.Store, objects, new SessionSight(world, call.Session));
        objects.Add(collector);
        return collector;
    }

    private object? RetrieveEx(OperationCall call, ManagedObject target, RetrievePropertiesExRequest request)
    {
        if (request.Options?.MaxObjects is < 0)
        {
            throw Faults.InvalidArgument("options.maxObjects", "A page has at least one object.");
        }

        var size = request.Options?.MaxObjects is { } asked and > 0 ? Math.Min(asked, PageLimit) : PageLimit;
        var result = Retrieve(Collector(call, target), request.SpecSet, size, call);
        return result.Objects.Count == 0 ? null : result;
    }

    private RetrieveResult Retrieve(
        PropertyCollectorObject collector, IReadOnlyList<PropertyFilterSpec> specs, int pageSize, OperationCall call)
    {
        var plans = specs.Select(FilterPlan.Compile).ToList();
        RetrievalContinuation continuation;
        lock (world.Store.Gate)
        {
            continuation = new RetrievalContinuation(
                call.Session.Objects.NewReference("RetrievalContinuation"), RetrievalReader.Select(plans, collector), pageSize);
        }

        return NextPage(collector, call, continuation);
    }

    private RetrieveResult NextPage(PropertyCollectorObject collector, OperationCall call, RetrievalContinuation continuation)
    {
        var result = new RetrieveResult();
        lock (world.Store.Gate)
        {
            result.Objects = continuation.NextPage(collector);
        }

        if (continuation.IsComplete)
        {
            call.Session.Objects.Remove(continuation.Reference);
        }
        else
        {
            call.Session.Objects.Add(continuation);
            result.Token = continuation.Reference.Value;
        }

        return result;
    }

    private static RetrievalContinuation FindContinuation(OperationCall call, string token)
        => call.Session.Objects.Find(new ManagedObjectReference("RetrievalContinuation", token)) as RetrievalContinuation
            ?? throw Faults.InvalidArgument("token", "There is no such retrieval, or it is complete.");
}
