using Vic.Guest.Sessions.Cryptography;

namespace Vic.Guest.Sessions.Wire;

/// <summary>Puts into a connection's batch what there is to say: the opening, acknowledgements, then data of all streams in turn.</summary>
internal sealed class FrameSender(SessionStreams streams, ControlStream control, ISessionRole role)
{
    internal const int InstanceLength = 16;

    /// <summary>More than any frame but data and the opening's.</summary>
    private const int ShortFrame = 64;
    private const int DataHeaderLength = 13;

    private readonly byte[] instance = SessionKeys.Random(InstanceLength);
    private int turn;

    internal void Fill(SessionLink link)
    {
        if (!link.MayWrite)
            return;
        FillOpening(link);
        if (!link.IsSynchronized)
            return;
        FillAcknowledgements(link);
        FillData(link);
    }

    private void FillOpening(SessionLink link)
    {
        var channel = link.Channel;
        if (!link.IsHelloSent)
        {
            link.IsHelloSent = true;
            Put(channel, new WireWriter().Byte((byte)FrameType.Hello).Byte(SessionHandshake.Version).UInt32(0).Bytes(instance));
        }

        // The tether states its tasks first; only then does the endpoint know which streams there are.
        if (!link.IsSyncSent && link.PeerInstance.Length > 0 && (!role.WaitsForPeer || link.IsPeerSynchronized))
        {
            link.IsSyncSent = true;
            role.StateTasks(link.Opening);
            foreach (var stream in streams.Receiving)
                link.Opening.Add(Position(stream));
            link.Opening.Add([(byte)FrameType.Synchronized]);
        }

        while (link.OpeningSent < link.Opening.Count && channel.Room >= link.Opening[link.OpeningSent].Length)
        {
            var frame = link.Opening[link.OpeningSent++];
            frame.CopyTo(channel.Reserve(frame.Length));
        }
    }

    private void FillAcknowledgements(SessionLink link)
    {
        var channel = link.Channel;
        if (link.Window.IsAcknowledgementDue && channel.Room >= ShortFrame)
            Put(channel, new WireWriter().Byte((byte)FrameType.LinkAcknowledgement).UInt64(link.Window.TakeAcknowledgement()));
        if (link.IsPongDue && channel.Room >= ShortFrame)
        {
            link.IsPongDue = false;
            Put(channel, new WireWriter().Byte((byte)FrameType.Pong));
        }

        if (link.IsPingDue && channel.Room >= ShortFrame)
        {
            link.IsPingDue = false;
            Put(channel, new WireWriter().Byte((byte)FrameType.Ping));
        }

        List<ReceiveStream>? finished = null;
        foreach (var stream in streams.Receiving)
        {
            if (!stream.MustAnnounce || channel.Room < ShortFrame)
                continue;
            Put(channel, new WireWriter().Byte((byte)FrameType.Window).UInt32(stream.Id).UInt64(stream.Consumed).UInt64(stream.Limit)
                .Byte((byte)Flags(stream)));
            stream.MarkAnnounced();
            if (stream.IsEndAnnounced)
                (finished ??= []).Add(stream);
        }

        for (var i = 0; finished is not null && i < finished.Count; i++)
            role.OnEndAnnounced(finished[i]);
    }

    /// <summary>One frame of each stream in turn, the control stream first, while the batch and the connection's window have room.</summary>
    private void FillData(SessionLink link)
    {
        var channel = link.Channel;
        for (var any = true; any;)
        {
            any = TrySend(link, control.Sending);
            for (var i = 0; i < streams.Sending.Count; i++)
            {
                turn = (turn + 1) % streams.Sending.Count;
                any |= TrySend(link, streams.Sending[turn]);
            }

            any &= channel.Room > channel.Profile.MaximumFrame;
        }
    }

    private static bool TrySend(SessionLink link, SendStream stream)
    {
        var channel = link.Channel;
        if (channel.Room < ShortFrame)
            return false;
        if (stream.HasGap)
        {
            stream.HasGap = false;
            Put(channel, new WireWriter().Byte((byte)FrameType.Gap).UInt32(stream.Id).UInt64(stream.Sent));
        }

        var count = Math.Min(stream.Sendable, channel.Profile.MaximumFrame - DataHeaderLength);
        count = Math.Min(Math.Min(count, link.Window.Left), channel.Room - DataHeaderLength);
        if (count > 0)
        {
            var frame = channel.Reserve(DataHeaderLength + count);
            new WireWriter().Byte((byte)FrameType.Data).UInt32(stream.Id).UInt64(stream.Sent).Written.CopyTo(frame);
            stream.Take(frame[DataHeaderLength..]);
            link.Window.CountSent(count);
        }

        if (stream.MustSendEnd && channel.Room >= ShortFrame)
        {
            stream.IsEndSent = true;
            Put(channel, new WireWriter().Byte((byte)FrameType.End).UInt32(stream.Id).UInt64(stream.Length));
        }

        return count > 0;
    }

    private static byte[] Position(ReceiveStream stream)
    {
        var frame = new WireWriter().Byte((byte)FrameType.Position).UInt32(stream.Id).UInt64(stream.Received).UInt64(stream.Consumed)
            .UInt64(stream.Limit).Byte((byte)Flags(stream)).Written.ToArray();
        stream.MarkAnnounced();
        return frame;
    }

    private static StreamFlags Flags(ReceiveStream stream) =>
        (stream.IsEndConsumed ? StreamFlags.EndConsumed : StreamFlags.None) | (stream.IsEnded ? StreamFlags.Ended : StreamFlags.None);

    private static void Put(SecureChannel channel, WireWriter frame) => frame.Written.CopyTo(channel.Reserve(frame.Written.Length));
}
