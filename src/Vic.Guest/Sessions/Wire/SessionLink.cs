namespace Vic.Guest.Sessions.Wire;

/// <summary>One connection of a session and what was said over it so far.</summary>
internal sealed class SessionLink
{
    private readonly CancellationTokenSource cancellation;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong sent;
    private ulong acknowledged;
    private ulong received;
    private ulong receivedAcknowledged;

    internal SessionLink(SecureChannel channel, CancellationTokenSource cancellation)
    {
        Channel = channel;
        this.cancellation = cancellation;
    }

    internal SecureChannel Channel { get; }

    /// <summary>The frames of the opening, which may be more than one batch holds.</summary>
    internal List<byte[]> Opening { get; } = [];

    internal int OpeningSent { get; set; }

    internal byte[] PeerInstance { get; set; } = [];

    internal bool MayWrite { get; set; }

    internal bool IsHelloSent { get; set; }

    internal bool IsSyncSent { get; set; }

    internal bool IsPeerSynchronized { get; set; }

    internal bool IsPingDue { get; set; }

    internal bool IsPongDue { get; set; }

    internal long LastReceived { get; set; } = Environment.TickCount64;

    internal bool IsSynchronized => IsPeerSynchronized && IsSyncSent && OpeningSent == Opening.Count;

    internal int WindowLeft => Channel.Profile.LinkWindow - (int)(sent - acknowledged);

    internal void CountSent(int count) => sent += (ulong)count;

    internal void Acknowledge(ulong total)
    {
        if (total > sent || total < acknowledged)
            throw new SessionProtocolException("The peer acknowledges what was never sent.");
        acknowledged = total;
    }

    /// <summary>Counts data that arrived; true when it is time to say so.</summary>
    internal bool Count(int count)
    {
        received += (ulong)count;
        return IsAcknowledgementDue;
    }

    internal bool TakeAcknowledgement(out ulong total)
    {
        total = received;
        if (!IsAcknowledgementDue)
            return false;
        receivedAcknowledged = received;
        return true;
    }

    internal void End() => ended.TrySetResult();

    /// <summary>Makes the connection end and waits until nothing uses it.</summary>
    internal async Task StopAsync()
    {
        try
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }

        await ended.Task.ConfigureAwait(false);
    }

    private bool IsAcknowledgementDue => received - receivedAcknowledged >= (ulong)Channel.Profile.LinkWindow / 4;
}
