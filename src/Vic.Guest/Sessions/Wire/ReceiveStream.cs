namespace Vic.Guest.Sessions.Wire;

/// <summary>One direction of a byte stream at its destination.</summary>
internal sealed class ReceiveStream
{
    internal ReceiveStream(uint id, int window, ulong start = 0)
    {
        Id = id;
        Window = Math.Max(window, SessionStreams.InitialWindow);
        Received = Consumed = start;
        Announced = start;
    }

    internal uint Id { get; }

    /// <summary>Bytes taken in and not consumed, at most; never less than what a sender may assume without having been told.</summary>
    internal int Window { get; }

    /// <summary>Offset behind the last byte that arrived.</summary>
    internal ulong Received { get; private set; }

    /// <summary>Offset behind the last byte that its reader took.</summary>
    internal ulong Consumed { get; private set; }

    /// <summary>What the peer was last told to be consumed.</summary>
    internal ulong Announced { get; private set; }

    /// <summary>Whether the end arrived.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>Whether the end was consumed.</summary>
    internal bool IsEndConsumed => IsEnded && Consumed == Received;

    /// <summary>Whether the peer was told that the end was consumed.</summary>
    internal bool IsEndAnnounced { get; private set; }

    /// <summary>Whether bytes are missing before <see cref="Received"/>.</summary>
    internal bool HadGap { get; private set; }

    internal ulong Limit => Consumed + (ulong)Window;

    internal bool MustAnnounce =>
        (IsEndConsumed && !IsEndAnnounced)
        || (Consumed > Announced && (Consumed == Received || Consumed - Announced >= (ulong)Window / 4));

    /// <summary>Takes a frame's bytes in and gives those that are new.</summary>
    internal ReadOnlySpan<byte> Accept(ulong offset, ReadOnlySpan<byte> data)
    {
        if (offset > Received || IsEnded)
            throw new SessionProtocolException("A stream has a hole, or goes on after its end.");
        var known = Received - offset;
        if (known >= (ulong)data.Length)
            return default;
        data = data[(int)known..];
        if (Received + (ulong)data.Length > Limit)
            throw new SessionProtocolException("The peer sends more than it was allowed.");
        Received += (ulong)data.Length;
        return data;
    }

    internal void Consume(int count) => Consumed += (ulong)count;

    internal void End(ulong offset)
    {
        if (offset != Received)
            throw new SessionProtocolException("A stream ends elsewhere than its bytes do.");
        IsEnded = true;
    }

    /// <summary>Goes on at a later offset; what is in between is lost to the session. Unread bytes before it stay.</summary>
    internal void Skip(ulong offset)
    {
        if (offset < Received || IsEnded)
            throw new SessionProtocolException("A gap lies behind what was received.");
        HadGap = true;
        Consumed += offset - Received;
        Received = offset;
    }

    internal void MarkAnnounced()
    {
        Announced = Consumed;
        IsEndAnnounced = IsEndConsumed;
    }
}
