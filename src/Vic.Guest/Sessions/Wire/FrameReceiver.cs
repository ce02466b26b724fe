namespace Vic.Guest.Sessions.Wire;

/// <summary>Takes frames apart and does what they say to the streams; what concerns tasks goes to the role.</summary>
internal sealed class FrameReceiver(SessionStreams streams, ControlStream control, ISessionRole role, Action wake)
{
    private byte[] peerInstance = [];

    /// <summary>The peer's first frame of a connection.</summary>
    internal static void HandleHello(SessionLink link, ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        if (reader.Byte() != (byte)FrameType.Hello || reader.Byte() != SessionHandshake.Version)
            throw new SessionProtocolException("The first frame is not a greeting of this version.");
        reader.UInt32();
        link.PeerInstance = reader.Take(FrameSender.InstanceLength).ToArray();
    }

    /// <summary>The peer has said which run it is: one that is new knows nothing of what was said before.</summary>
    internal void AcceptPeer(SessionLink link)
    {
        if (peerInstance.AsSpan().SequenceEqual(link.PeerInstance))
            return;
        role.OnPeerReplaced(isFirst: peerInstance.Length == 0);
        peerInstance = link.PeerInstance;
    }

    internal void Handle(SessionLink link, ReadOnlySpan<byte> frame)
    {
        if (link.PeerInstance.Length == 0)
        {
            HandleHello(link, frame);
            AcceptPeer(link);
            wake();
            return;
        }

        var reader = new WireReader(frame);
        var type = (FrameType)reader.Byte();
        switch (type)
        {
            case FrameType.Task when !link.IsPeerSynchronized:
                role.OnTask(ref reader);
                break;
            case FrameType.Position when !link.IsPeerSynchronized:
                HandlePosition(ref reader);
                break;
            case FrameType.Synchronized when !link.IsPeerSynchronized:
                link.IsPeerSynchronized = true;
                wake();
                break;
            case FrameType.Data:
                HandleData(link, ref reader);
                break;
            case FrameType.End:
                HandleEnd(ref reader);
                break;
            case FrameType.Gap:
                HandleGap(ref reader);
                break;
            case FrameType.Window:
                HandleWindow(ref reader);
                break;
            case FrameType.LinkAcknowledgement:
                link.Window.Acknowledge(reader.UInt64());
                wake();
                break;
            case FrameType.Ping:
                link.IsPongDue = true;
                wake();
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
        if (streams.FindSending(id) is not { } stream)
            return;
        var flags = (StreamFlags)reader.Byte();
        stream.Resume(received, consumed, limit, flags.HasFlag(StreamFlags.Ended), flags.HasFlag(StreamFlags.EndConsumed));
        role.OnAcknowledged(stream);
    }

    private void HandleWindow(ref WireReader reader)
    {
        var id = reader.UInt32();
        ulong consumed = reader.UInt64(), limit = reader.UInt64();
        if (streams.FindSending(id) is not { } stream)
            return;
        stream.Acknowledge(consumed, limit, ((StreamFlags)reader.Byte()).HasFlag(StreamFlags.EndConsumed));
        role.OnAcknowledged(stream);
        wake();
    }

    private void HandleData(SessionLink link, ref WireReader reader)
    {
        var id = reader.UInt32();
        var offset = reader.UInt64();
        link.Window.CountReceived(reader.Rest.Length);
        if (link.Window.IsAcknowledgementDue)
            wake();
        if (streams.FindReceiving(id) is not { } stream)
            return;
        var data = stream.Accept(offset, reader.Rest);
        if (data.IsEmpty)
            return;
        if (id == ControlStream.Id)
            control.Receive(stream, data, role);
        else
            role.OnData(stream, data);
        if (stream.MustAnnounce)
            wake();
    }

    private void HandleEnd(ref WireReader reader)
    {
        if (streams.FindReceiving(reader.UInt32()) is not { } stream)
            return;
        var wasEnded = stream.IsEnded;
        stream.End(reader.UInt64());
        if (!wasEnded)
            role.OnEnd(stream);
        wake();
    }

    private void HandleGap(ref WireReader reader)
    {
        if (streams.FindReceiving(reader.UInt32()) is not { } stream)
            return;
        stream.Skip(reader.UInt64());
        wake();
    }
}
