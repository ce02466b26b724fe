namespace Vic.Guest.Sessions.Wire;

/// <summary>One direction of a byte stream at its source: keeps what the peer has not yet consumed, to send it again over another connection.</summary>
internal sealed class SendStream
{
    private readonly ByteQueue retained;
    private readonly AsyncSignal room = new();
    private bool adoptsPosition;

    /// <summary>
    /// Creates the stream. <paramref name="adoptsPosition"/> says that the peer may know more than this side at the first connection: it
    /// remembers what an earlier endpoint sent, and this stream goes on from there.
    /// </summary>
    internal SendStream(uint id, int capacity, bool adoptsPosition = false)
    {
        this.adoptsPosition = adoptsPosition;
        Id = id;
        retained = new ByteQueue(capacity);
        Limit = SessionStreams.InitialWindow;
    }

    internal uint Id { get; }

    /// <summary>Offset of the oldest byte that is kept.</summary>
    internal ulong Base { get; private set; }

    /// <summary>Offset behind the last byte.</summary>
    internal ulong Length => Base + (ulong)retained.Count;

    /// <summary>Offset of the next byte to send over the present connection.</summary>
    internal ulong Sent { get; private set; }

    /// <summary>Offset up to which the peer takes bytes.</summary>
    internal ulong Limit { get; private set; }

    /// <summary>Whether no more bytes will come.</summary>
    internal bool IsEnded { get; private set; }

    /// <summary>Whether the end was sent over the present connection.</summary>
    internal bool IsEndSent { get; set; }

    /// <summary>Whether the peer has consumed everything, the end included.</summary>
    internal bool IsDrained { get; private set; }

    /// <summary>Whether the peer must be told that bytes are missing.</summary>
    internal bool HasGap { get; set; }

    /// <summary>Bytes that can be added.</summary>
    internal int Room => retained.Room;

    internal int Sendable => (int)(Math.Min(Length, Math.Max(Limit, Sent)) - Sent);

    internal bool MustSendEnd => IsEnded && !IsEndSent && Sent == Length;

    /// <summary>Adds as many bytes as there is room for.</summary>
    internal int Append(ReadOnlySpan<byte> data) => retained.Enqueue(data);

    /// <summary>Makes room by forgetting the oldest bytes.</summary>
    internal void DropOldest(int count)
    {
        count = Math.Min(count, retained.Count);
        retained.Drop(count);
        Base += (ulong)count;
        if (Sent < Base)
        {
            Sent = Base;
            HasGap = true;
        }
    }

    internal void End() => IsEnded = true;

    internal void Take(Span<byte> target)
    {
        retained.Peek((int)(Sent - Base), target);
        Sent += (ulong)target.Length;
    }

    /// <summary>A new connection: nothing of the end was said on it yet.</summary>
    internal void BeginLink()
    {
        Sent = Base;
        IsEndSent = false;
    }

    /// <summary>The peer's position at the beginning of a connection.</summary>
    internal void Resume(ulong received, ulong consumed, ulong limit, bool ended, bool endConsumed)
    {
        if (adoptsPosition)
        {
            adoptsPosition = false;
            Base += received;
            IsEnded |= ended;
            limit = Math.Max(limit, Base);
            if (consumed <= received)
                consumed = Base;
        }

        if (received > Length || consumed > received)
            throw new SessionProtocolException("The peer claims bytes that were never sent.");
        Acknowledge(consumed, limit, endConsumed);
        HasGap = received < Base;
        Sent = Math.Max(received, Base);
    }

    internal void Acknowledge(ulong consumed, ulong limit, bool endConsumed)
    {
        if (consumed > Length || (endConsumed && !(IsEnded && consumed == Length)))
            throw new SessionProtocolException("The peer claims bytes that were never sent.");
        if (consumed > Base)
        {
            retained.Drop((int)(consumed - Base));
            Base = consumed;
            Sent = Math.Max(Sent, Base);
        }

        Limit = Math.Max(Limit, limit);
        IsDrained |= endConsumed;
        SignalRoom();
    }

    /// <summary>Another receiver took the place of the one that had set the limit.</summary>
    internal void ForgetLimit() => Limit = Base + SessionStreams.InitialWindow;

    internal ValueTask<bool> WaitForRoomAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        room.WaitAsync(timeout, cancellationToken);

    internal void SignalRoom() => room.Set();
}
