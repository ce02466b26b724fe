namespace Vic.Guest.Sessions.Wire;

/// <summary>
/// What both ends of a session share: streams with offsets that outlive connections, and the exchange of frames over the present
/// connection. All state is under one lock; nothing waits while it is held.
/// </summary>
internal sealed class SessionExchange
{
    private const int SilencesUntilDead = 3;

    private readonly ISessionRole role;
    private readonly FrameReceiver receiver;
    private readonly FrameSender sender;
    private readonly AsyncSignal wake = new();
    private SessionLink? link;
    private long disconnectedAt = Environment.TickCount64;

    internal SessionExchange(ISessionRole role)
    {
        this.role = role;
        Control = new ControlStream(Streams);
        receiver = new FrameReceiver(Streams, Control, role, Wake);
        sender = new FrameSender(Streams, Control, role);
    }

    internal Lock Gate { get; } = new();

    internal SessionStreams Streams { get; } = new();

    internal ControlStream Control { get; }

    /// <summary>A sign of life is asked for after so much silence; three times as much ends the connection.</summary>
    internal TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether a connection is there and both sides have agreed where to go on.</summary>
    internal bool IsConnected
    {
        get
        {
            lock (Gate)
                return link is { IsSynchronized: true };
        }
    }

    /// <summary>Connections that came so far that both sides had agreed where to go on, and have ended since.</summary>
    internal int Agreements { get; private set; }

    /// <summary>How long there has been no connection; zero while there is one. To be read under the lock.</summary>
    internal TimeSpan DisconnectedFor =>
        link is null ? TimeSpan.FromMilliseconds(Environment.TickCount64 - disconnectedAt) : TimeSpan.Zero;

    /// <summary>There is something to send.</summary>
    internal void Wake() => wake.Set();

    /// <summary>Sends a control message. To be called under the lock.</summary>
    internal void SendControl(WireWriter message)
    {
        Control.Send(message);
        Wake();
    }

    /// <summary>Runs the session over a connection until that ends. A connection that is still in use is given up for the new one.</summary>
    internal async Task RunAsync(SecureChannel channel, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var mine = new SessionLink(channel, cancellation);
        if (role.WaitsForPeer)
            FrameReceiver.HandleHello(mine, await ReadFirstAsync(channel, cancellation.Token).ConfigureAwait(false));

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
            if (TryBegin(mine))
                await ExchangeAsync(mine, cancellation).ConfigureAwait(false);
        }
        finally
        {
            End(mine);
        }
    }

    private async Task<byte[]> ReadFirstAsync(SecureChannel channel, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(KeepAlive * SilencesUntilDead);
        var frame = await channel.ReadAsync(patience.Token).ConfigureAwait(false);
        return frame.IsEmpty ? throw new SessionRefusedException("The guest closed the connection after the handshake.") : frame.ToArray();
    }

    private bool TryBegin(SessionLink mine)
    {
        lock (Gate)
        {
            if (link != mine)
                return false;
            foreach (var stream in Streams.Sending)
                stream.BeginLink();
            mine.MayWrite = true;
            if (role.WaitsForPeer)
                receiver.AcceptPeer(mine);
            return true;
        }
    }

    private void End(SessionLink mine)
    {
        lock (Gate)
        {
            if (link == mine)
            {
                link = null;
                disconnectedAt = Environment.TickCount64;
            }

            if (mine.IsSynchronized)
                Agreements++;
            mine.End();
        }
    }

    private async Task ExchangeAsync(SessionLink mine, CancellationTokenSource cancellation)
    {
        Task[] work = [ReadAsync(mine, cancellation.Token), WriteAsync(mine, cancellation.Token), WatchAsync(mine, cancellation.Token)];
        var first = await Task.WhenAny(work).ConfigureAwait(false);
        await cancellation.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    private async Task ReadAsync(SessionLink mine, CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await mine.Channel.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (frame.IsEmpty)
                return;
            lock (Gate)
            {
                if (link != mine)
                    return;
                mine.LastReceived = Environment.TickCount64;
                receiver.Handle(mine, frame.Span);
            }
        }
    }

    private async Task WriteAsync(SessionLink mine, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (Gate)
            {
                if (link != mine)
                    return;
                sender.Fill(mine);
            }

            if (mine.Channel.HasBatch)
                await mine.Channel.FlushAsync(cancellationToken).ConfigureAwait(false);
            else
                await wake.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks a silent peer for a sign of life; a writer that is stuck or busy must not keep a dead connection alive.</summary>
    private async Task WatchAsync(SessionLink mine, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(KeepAlive, cancellationToken).ConfigureAwait(false);
            lock (Gate)
            {
                var silence = TimeSpan.FromMilliseconds(Environment.TickCount64 - mine.LastReceived);
                if (silence > KeepAlive * SilencesUntilDead)
                    throw new TimeoutException("The peer gives no sign of life.");
                if (silence < KeepAlive / 2)
                    continue;
                mine.IsPingDue = true;
                Wake();
            }
        }
    }
}
