using System.Threading.Channels;

namespace Vic.Endpoint.Events;

/// <summary>One client's view of the events; it ends when it is disposed.</summary>
public sealed class EventFeed(ChannelReader<EngineEvent> reader, Action leave) : IDisposable
{
    /// <summary>The events, the oldest first.</summary>
    public ChannelReader<EngineEvent> Events => reader;

    /// <inheritdoc/>
    public void Dispose() => leave();
}
