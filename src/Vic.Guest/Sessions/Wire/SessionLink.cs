namespace Vic.Guest.Sessions.Wire;

/// <summary>One connection of a session and what was said over it so far.</summary>
internal sealed class SessionLink
{
    private readonly CancellationTokenSource cancellation;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SessionLink(SecureChannel channel, CancellationTokenSource cancellation)
    {
        Channel = channel;
        Window = new LinkWindow(channel.Profile);
        this.cancellation = cancellation;
    }

    internal SecureChannel Channel { get; }

    internal LinkWindow Window { get; }

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

    /// <summary>When the peer last gave a sign of life, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    internal long LastReceived { get; set; } = Environment.TickCount64;

    internal bool IsSynchronized => IsPeerSynchronized && IsSyncSent && OpeningSent == Opening.Count;

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
}
