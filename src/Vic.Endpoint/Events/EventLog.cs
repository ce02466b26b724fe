using System.Threading.Channels;

namespace Vic.Endpoint.Events;

/// <summary>The latest events, and a feed of new ones for every client that watches.</summary>
public sealed class EventLog
{
    private const int Kept = 256;
    private const int Waiting = 1024;
    private readonly Lock _gate = new();
    private readonly Queue<EngineEvent> _recent = new();
    private readonly List<Channel<EngineEvent>> _watchers = [];

    /// <summary>How many clients watch.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count;
            }
        }
    }

    /// <summary>Tells everybody; a client that reads too slowly loses the oldest events it has not read.</summary>
    public void Publish(EngineEvent happened)
    {
        lock (_gate)
        {
            _recent.Enqueue(happened);
            if (_recent.Count > Kept)
            {
                _recent.Dequeue();
            }

            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(happened);
            }
        }
    }

    /// <summary>A feed that begins with the events since a time that are still kept; null = only new ones.</summary>
    public EventFeed Watch(DateTimeOffset? since)
    {
        var channel = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var past in _recent.Where(past => past.Time >= since))
            {
                channel.Writer.TryWrite(past);
            }

            _watchers.Add(channel);
        }

        return new EventFeed(channel.Reader, () =>
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        });
    }
}
