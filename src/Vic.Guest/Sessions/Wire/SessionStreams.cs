namespace Vic.Guest.Sessions.Wire;

/// <summary>The streams of a session in both directions, by their numbers.</summary>
internal sealed class SessionStreams
{
    /// <summary>Bytes of a stream that may be sent before the receiver has said how many it takes.</summary>
    internal const int InitialWindow = 16 * 1024;

    private readonly Dictionary<uint, SendStream> sending = [];
    private readonly Dictionary<uint, ReceiveStream> receiving = [];
    private readonly List<SendStream> order = [];

    /// <summary>What is sent, in the order of its beginning.</summary>
    internal IReadOnlyList<SendStream> Sending => order;

    internal IReadOnlyCollection<ReceiveStream> Receiving => receiving.Values;

    internal SendStream? FindSending(uint id) => sending.GetValueOrDefault(id);

    internal ReceiveStream? FindReceiving(uint id) => receiving.GetValueOrDefault(id);

    internal SendStream AddSending(uint id, int capacity, bool adoptsPosition = false)
    {
        var stream = new SendStream(id, capacity, adoptsPosition);
        sending.Add(id, stream);
        order.Add(stream);
        return stream;
    }

    internal ReceiveStream AddReceiving(uint id, int window, ulong start = 0)
    {
        var stream = new ReceiveStream(id, window, start);
        receiving.Add(id, stream);
        return stream;
    }

    internal void Remove(uint id)
    {
        if (sending.Remove(id, out var stream))
        {
            order.Remove(stream);
            stream.SignalRoom();
        }

        receiving.Remove(id);
    }
}
