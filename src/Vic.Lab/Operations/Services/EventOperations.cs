using Vic.Lab.History;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>EventManager and EventHistoryCollector.</summary>
internal sealed class EventOperations(LabWorld world)
{
    private const int EventBytes = 16 * 1024;

    public void AddTo(OperationTable table)
    {
        table.Add<CreateCollectorForEventsRequest, ServiceObject>((call, _, request) =>
        {
            lock (world.Store.Gate)
            {
                CollectorLimits.Check(call.Session);
                var filter = Filter(call, request.Filter);
                var collector = new HistoryCollectorObject<EventRecord, Event>(
                    call.Session.Objects.NewReference("EventHistoryCollector"),
                    world.Store,
                    world.Events,
                    request.Filter,
                    request.Filter.MaxCount,
                    record => record.Event.Key,
                    filter.Matches,
                    filter.Show);
                call.Session.Objects.Add(collector);
                return collector.Reference;
            }
        });
        table.Add<QueryEventsRequest, ServiceObject>(Query);
        table.Add<PostEventRequest, ServiceObject>(Post);
        table.Add<ReadNextEventsRequest, HistoryCollectorObject<EventRecord, Event>>((_, collector, request) =>
        {
            lock (world.Store.Gate)
            {
                return collector.ReadNext(request.MaxCount);
            }
        });
        table.Add<ReadPreviousEventsRequest, HistoryCollectorObject<EventRecord, Event>>((_, collector, request) =>
        {
            lock (world.Store.Gate)
            {
                return collector.ReadPrevious(request.MaxCount);
            }
        });
    }

    private object? Query(OperationCall call, ServiceObject manager, QueryEventsRequest request)
    {
        if (!world.IsVCenter)
        {
            throw Faults.NotSupported("QueryEvents of a host; use a collector");
        }

        lock (world.Store.Gate)
        {
            var filter = Filter(call, request.Filter);
            return world.Events.All
                .Where(filter.Matches)
                .TakeLast(request.Filter.MaxCount is { } count and > 0 ? count : HistoryCollectorObject.PageLimit)
                .Select(filter.Show)
                .ToList();
        }
    }

    private object? Post(OperationCall call, ServiceObject manager, PostEventRequest request)
    {
        var posted = request.EventToPost;
        if (SoapResponseWriter.Result(new QueryEventsRequest(), new List<Event> { posted }).Length > EventBytes)
        {
            throw Faults.InvalidArgument("eventToPost", $"An event has at most {EventBytes} bytes.");
        }

        lock (world.Store.Gate)
        {
            var message = posted.FullFormattedMessage ?? (posted as GeneralEvent)?.Message ?? (posted as EventEx)?.Message ?? string.Empty;
            world.Events.Post(posted, call.Session.UserName, message);
            return null;
        }
    }

    private EventFilter Filter(OperationCall call, EventFilterSpec spec)
    {
        if (spec.Entity is { } wanted)
        {
            world.Get<Entity>(wanted.Entity);
        }

        return new EventFilter(world, call.Session.Account, spec);
    }
}
