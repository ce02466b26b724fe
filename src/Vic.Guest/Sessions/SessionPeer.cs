using Vic.Guest.Sessions.Cryptography;
using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>
/// What both ends of a session share: streams with offsets that outlive connections, a control stream, and the exchange of frames over
/// the present connection. All state is under one lock; nothing waits while it is held.
/// </summary>
public abstract class SessionPeer
{
    /// <summary>Bytes of a stream that may be sent before the receiver has said how many it takes.</summary>
    internal const int InitialWindow = 16 * 1024;

    /// <summary>The stream that carries control messages in both directions.</summary>
    internal const uint ControlStream = 3;

    private const int EndConsumedFlag = 1;
    private const int EndedFlag = 2;
    private const int InstanceLength = 16;
    private const int DataHeaderLength = 13;
    private const int ControlCapacity = 4 * 1024 * 1024;
    private const int MaximumMessage = 1024 * 1024;

    private readonly byte[] instance = SessionKeys.Random(InstanceLength);
    private readonly Dictionary<uint, SendStream> sending = [];
    private readonly Dictionary<uint, ReceiveStream> receiving = [];
    private readonly List<uint> sendingOrder = [];
    private readonly AsyncSignal wake = new();
    private readonly ByteQueue controlInput = new(MaximumMessage + 4);
    private byte[] peerInstance = [];
    private SessionLink? link;
    private long disconnectedAt = Environment.TickCount64;
    private int turn;

    private protected SessionPeer() => ResetControl();

    /// <summary>Whether a connection is there and both sides have agreed where to go on.</summary>
    public bool IsConnected
    {
        get
        {
            lock (Gate)
                return link is { IsSynchronized: true };
        }
    }

    /// <summary>A sign of life is asked for after so much silence; three times as much ends the connection.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    private protected Lock Gate { get; } = new();

    /// <summary>How long there has been no connection; zero while there is one.</summary>
    private protected TimeSpan DisconnectedFor =>
        link is null ? TimeSpan.FromMilliseconds(Environment.TickCount64 - disconnectedAt) : TimeSpan.Zero;

    /// <summary>Whether this side speaks only after the peer's first frame has proved that the peer is alive and not a recording.</summary>
    private protected abstract bool WaitsForPeer { get; }

    /// <summary>Runs the session over a connection until that ends. A connection that is still in use is given up for the new one.</summary>
    internal async Task RunAsync(SecureChannel channel, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var mine = new SessionLink(channel, cancellation);
        if (WaitsForPeer)
            HandleHello(mine, await ReadFirstAsync(channel, cancellation.Token).ConfigureAwait(false));

        SessionLink? previous;
        lock (Gate)
        {
            previous = link;
            link = mine;
        }

        if (previous is not null)
            await previous.StopAsync().ConfigureAwait(false);
        try
        {
            lock (Gate)
            {
                if (link != mine)
                    return;
                foreach (var id in sendingOrder)
                    sending[id].BeginLink();
                mine.MayWrite = true;
                if (WaitsForPeer)
                    AcceptPeer(mine);
            }

            var reader = ReadAsync(mine, cancellation.Token);
            var writer = WriteAsync(mine, cancellation.Token);
            var first = await Task.WhenAny(reader, writer).ConfigureAwait(false);
            await cancellation.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(Task.WhenAll(reader, writer)).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        finally
        {
            lock (Gate)
            {
                if (link == mine)
                {
                    link = null;
                    disconnectedAt = Environment.TickCount64;
                }

                mine.End();
                OnLinkEnded();
            }
        }
    }

    /// <summary>Called under the lock when the peer is another run than before: it knows nothing of what was said.</summary>
    private protected abstract void OnPeerReplaced(bool isFirst);

    /// <summary>Called under the lock for a task that the peer states at the opening of a connection.</summary>
    private protected abstract void OnTask(ref WireReader reader);

    /// <summary>Called under the lock for every whole control message.</summary>
    private protected abstract void OnControl(ControlType type, ref WireReader reader);

    /// <summary>Called under the lock with new bytes of a stream.</summary>
    private protected abstract void OnData(ReceiveStream stream, ReadOnlySpan<byte> data);

    /// <summary>Called under the lock when a stream's last byte has arrived.</summary>
    private protected abstract void OnEnd(ReceiveStream stream);

    /// <summary>Called under the lock when the peer has consumed bytes or an end.</summary>
    private protected abstract void OnAcknowledged(SendStream stream);

    /// <summary>Called under the lock when the last word about a received stream's end is on its way.</summary>
    private protected abstract void OnEndAnnounced(ReceiveStream stream);

    /// <summary>Called under the lock for the frames that state this side's tasks.</summary>
    private protected abstract void StateTasks(List<byte[]> frames);

    /// <summary>Called under the lock when a connection has ended.</summary>
    private protected virtual void OnLinkEnded()
    {
    }

    private protected SendStream AddSending(uint id, int capacity, bool adoptsPosition = false)
    {
        var stream = new SendStream(id, capacity, adoptsPosition);
        sending.Add(id, stream);
        sendingOrder.Add(id);
        return stream;
    }

    private protected ReceiveStream AddReceiving(uint id, int window, ulong start = 0)
    {
        var stream = new ReceiveStream(id, window, start);
        receiving.Add(id, stream);
        return stream;
    }

    private protected void RemoveStream(uint id)
    {
        if (sending.Remove(id, out var stream))
        {
            sendingOrder.Remove(id);
            stream.SignalRoom();
        }

        receiving.Remove(id);
    }

    /// <summary>Adds a message to the control stream.</summary>
    private protected void SendControl(WireWriter message)
    {
        var stream = sending[ControlStream];
        var length = new WireWriter().UInt32((uint)message.Written.Length);
        if (message.Written.Length > MaximumMessage || ControlCapacity - (int)(stream.Length - stream.Base) < message.Written.Length + 4)
            throw new InvalidOperationException("The message is too long, or too many are waiting for a connection.");
        stream.Append(length.Written);
        stream.Append(message.Written);
        Wake();
    }

    /// <summary>Whether everything that was said on the control stream has been heard.</summary>
    private protected bool IsControlDrained => sending[ControlStream] is var stream && stream.Base == stream.Length;

    private protected void Wake() => wake.Set();

    private static async ValueTask<byte[]> ReadFirstAsync(SecureChannel channel, CancellationToken cancellationToken)
    {
        var frame = await channel.ReadAsync(cancellationToken).ConfigureAwait(false);
        return frame.IsEmpty ? throw new SessionRefusedException("The guest closed the connection after the handshake.") : frame.ToArray();
    }

    private void ResetControl()
    {
        RemoveStream(ControlStream);
        AddSending(ControlStream, ControlCapacity);
        AddReceiving(ControlStream, 64 * 1024);
        controlInput.Drop(controlInput.Count);
    }

    private async Task ReadAsync(SessionLink current, CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await current.Channel.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (frame.IsEmpty)
                return;
            current.LastReceived = Environment.TickCount64;
            lock (Gate)
            {
                if (link != current)
                    return;
                Handle(current, frame.Span);
            }
        }
    }

    private async Task WriteAsync(SessionLink current, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (Gate)
            {
                if (link != current)
                    return;
                FillBatch(current);
            }

            if (current.Channel.HasBatch)
            {
                await current.Channel.FlushAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (!await wake.WaitAsync(KeepAlive, cancellationToken).ConfigureAwait(false))
            {
                if (Environment.TickCount64 - current.LastReceived > 3 * (long)KeepAlive.TotalMilliseconds)
                    throw new TimeoutException("The peer gives no sign of life.");
                current.IsPingDue = true;
            }
        }
    }

    private static void HandleHello(SessionLink current, ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        if (reader.Byte() != (byte)FrameType.Hello || reader.Byte() != SessionHandshake.Version)
            throw new SessionProtocolException("The first frame is not a greeting of this version.");
        reader.UInt32();
        current.PeerInstance = reader.Take(InstanceLength).ToArray();
    }

    private void AcceptPeer(SessionLink current)
    {
        if (!peerInstance.AsSpan().SequenceEqual(current.PeerInstance))
        {
            OnPeerReplaced(isFirst: peerInstance.Length == 0);
            peerInstance = current.PeerInstance;
        }
    }

    /// <summary>The control stream begins anew with a new peer.</summary>
    private protected void RestartControl() => ResetControl();

    private void Handle(SessionLink current, ReadOnlySpan<byte> frame)
    {
        if (current.PeerInstance.Length == 0)
        {
            HandleHello(current, frame);
            AcceptPeer(current);
            Wake();
            return;
        }

        var reader = new WireReader(frame);
        var type = (FrameType)reader.Byte();
        switch (type)
        {
            case FrameType.Task when !current.IsPeerSynchronized:
                OnTask(ref reader);
                break;
            case FrameType.Position when !current.IsPeerSynchronized:
                HandlePosition(ref reader);
                break;
            case FrameType.Synchronized when !current.IsPeerSynchronized:
                current.IsPeerSynchronized = true;
                Wake();
                break;
            case FrameType.Data:
                HandleData(current, ref reader);
                break;
            case FrameType.End:
                HandleEnd(ref reader);
                break;
            case FrameType.Gap:
                if (receiving.TryGetValue(reader.UInt32(), out var skipped))
                {
                    skipped.Skip(reader.UInt64());
                    Wake();
                }

                break;
            case FrameType.Window:
                HandleWindow(ref reader);
                break;
            case FrameType.LinkAcknowledgement:
                current.Acknowledge(reader.UInt64());
                Wake();
                break;
            case FrameType.Ping:
                current.IsPongDue = true;
                Wake();
                break;
            case FrameType.Pong:
                break;
            default:
                throw new SessionProtocolException($"A frame of type {(byte)type} does not belong here.");
        }
    }

    private void HandlePosition(ref WireReader reader)
    {
        var id = reader.UInt32();
        ulong received = reader.UInt64(), consumed = reader.UInt64(), limit = reader.UInt64();
        if (!sending.TryGetValue(id, out var stream))
            return;
        var flags = reader.Byte();
        stream.Resume(received, consumed, limit, (flags & EndedFlag) != 0, (flags & EndConsumedFlag) != 0);
        OnAcknowledged(stream);
    }

    private void HandleWindow(ref WireReader reader)
    {
        var id = reader.UInt32();
        ulong consumed = reader.UInt64(), limit = reader.UInt64();
        if (!sending.TryGetValue(id, out var stream))
            return;
        stream.Acknowledge(consumed, limit, (reader.Byte() & EndConsumedFlag) != 0);
        OnAcknowledged(stream);
        Wake();
    }

    private void HandleData(SessionLink current, ref WireReader reader)
    {
        var id = reader.UInt32();
        var offset = reader.UInt64();
        if (current.Count(reader.Rest.Length))
            Wake();
        if (!receiving.TryGetValue(id, out var stream))
            return;
        var data = stream.Accept(offset, reader.Rest);
        if (data.IsEmpty)
            return;
        if (id == ControlStream)
            HandleControl(stream, data);
        else
            OnData(stream, data);
        if (stream.MustAnnounce)
            Wake();
    }

    private void HandleEnd(ref WireReader reader)
    {
        if (!receiving.TryGetValue(reader.UInt32(), out var stream))
            return;
        var wasEnded = stream.IsEnded;
        stream.End(reader.UInt64());
        if (!wasEnded)
            OnEnd(stream);
        Wake();
    }

    private void HandleControl(ReceiveStream stream, ReadOnlySpan<byte> data)
    {
        stream.Consume(data.Length);
        while (!data.IsEmpty)
        {
            data = data[controlInput.Enqueue(data)..];
            while (TryTakeMessage(out var message))
            {
                var reader = new WireReader(message);
                OnControl((ControlType)reader.Byte(), ref reader);
            }
        }
    }

    private bool TryTakeMessage(out byte[] message)
    {
        message = [];
        if (controlInput.Count < 4)
            return false;
        Span<byte> header = stackalloc byte[4];
        controlInput.Peek(0, header);
        var length = new WireReader(header).UInt32();
        if (length is 0 or > MaximumMessage)
            throw new SessionProtocolException("A control message has an impossible length.");
        if (controlInput.Count - 4 < (int)length)
            return false;
        message = new byte[length];
        controlInput.Peek(4, message);
        controlInput.Drop(4 + message.Length);
        return true;
    }

    private void FillBatch(SessionLink current)
    {
        if (!current.MayWrite)
            return;
        var channel = current.Channel;
        if (!current.IsHelloSent)
        {
            current.IsHelloSent = true;
            Put(channel, new WireWriter().Byte((byte)FrameType.Hello).Byte(SessionHandshake.Version).UInt32(0).Bytes(instance));
        }

        // The tether states its tasks first; only then does the endpoint know which streams there are.
        if (!current.IsSyncSent && current.PeerInstance.Length > 0 && (!WaitsForPeer || current.IsPeerSynchronized))
        {
            current.IsSyncSent = true;
            StateTasks(current.Opening);
            foreach (var stream in receiving.Values)
                current.Opening.Add(Position(stream));
            current.Opening.Add([(byte)FrameType.Synchronized]);
        }

        while (current.OpeningSent < current.Opening.Count && channel.Room >= current.Opening[current.OpeningSent].Length)
        {
            var frame = current.Opening[current.OpeningSent++];
            frame.CopyTo(channel.Reserve(frame.Length));
        }

        if (!current.IsSynchronized)
            return;
        FillAcknowledgements(current);
        FillData(current);
    }

    private void FillAcknowledgements(SessionLink current)
    {
        var channel = current.Channel;
        if (current.TakeAcknowledgement(out var total))
            Put(channel, new WireWriter().Byte((byte)FrameType.LinkAcknowledgement).UInt64(total));
        if (current.IsPongDue)
        {
            current.IsPongDue = false;
            Put(channel, new WireWriter().Byte((byte)FrameType.Pong));
        }

        if (current.IsPingDue)
        {
            current.IsPingDue = false;
            Put(channel, new WireWriter().Byte((byte)FrameType.Ping));
        }

        List<ReceiveStream>? finished = null;
        foreach (var stream in receiving.Values)
        {
            if (!stream.MustAnnounce || channel.Room < 64)
                continue;
            Put(channel, new WireWriter().Byte((byte)FrameType.Window).UInt32(stream.Id).UInt64(stream.Consumed).UInt64(stream.Limit)
                .Byte(Flags(stream)));
            stream.MarkAnnounced();
            if (stream.IsEndAnnounced)
                (finished ??= []).Add(stream);
        }

        for (var i = 0; finished is not null && i < finished.Count; i++)
            OnEndAnnounced(finished[i]);
    }

    /// <summary>One frame of each stream in turn, the control stream first, while the batch and the connection's window have room.</summary>
    private void FillData(SessionLink current)
    {
        var channel = current.Channel;
        for (var any = true; any;)
        {
            any = TrySend(current, sending[ControlStream]);
            for (var i = 0; i < sendingOrder.Count; i++)
            {
                turn = (turn + 1) % sendingOrder.Count;
                any |= TrySend(current, sending[sendingOrder[turn]]);
            }

            any &= channel.Room > channel.Profile.MaximumFrame;
        }
    }

    private static bool TrySend(SessionLink current, SendStream stream)
    {
        var channel = current.Channel;
        if (channel.Room < 64)
            return false;
        if (stream.HasGap)
        {
            stream.HasGap = false;
            Put(channel, new WireWriter().Byte((byte)FrameType.Gap).UInt32(stream.Id).UInt64(stream.Sent));
        }

        var count = Math.Min(stream.Sendable, channel.Profile.MaximumFrame - DataHeaderLength);
        count = Math.Min(Math.Min(count, current.WindowLeft), channel.Room - DataHeaderLength);
        if (count > 0)
        {
            var frame = channel.Reserve(DataHeaderLength + count);
            new WireWriter().Byte((byte)FrameType.Data).UInt32(stream.Id).UInt64(stream.Sent).Written.CopyTo(frame);
            stream.Take(frame[DataHeaderLength..]);
            current.CountSent(count);
        }

        if (stream.MustSendEnd && channel.Room >= 64)
        {
            stream.IsEndSent = true;
            Put(channel, new WireWriter().Byte((byte)FrameType.End).UInt32(stream.Id).UInt64(stream.Length));
        }

        return count > 0;
    }

    private static byte[] Position(ReceiveStream stream)
    {
        var frame = new WireWriter().Byte((byte)FrameType.Position).UInt32(stream.Id).UInt64(stream.Received).UInt64(stream.Consumed)
            .UInt64(stream.Limit).Byte(Flags(stream)).Written.ToArray();
        stream.MarkAnnounced();
        return frame;
    }

    private static byte Flags(ReceiveStream stream) =>
        (byte)((stream.IsEndConsumed ? EndConsumedFlag : 0) | (stream.IsEnded ? EndedFlag : 0));

    private static void Put(SecureChannel channel, WireWriter frame) => frame.Written.CopyTo(channel.Reserve(frame.Written.Length));
}
