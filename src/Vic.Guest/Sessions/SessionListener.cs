using System.Net.Sockets;
using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>
/// The endpoint's door: takes streams from guests, finds the container that each claims to be, demands the proof, and lets the container's
/// session go on over the stream.
/// </summary>
public sealed class SessionListener
{
    private static readonly TimeSpan FirstHail = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HailInterval = TimeSpan.FromSeconds(10);

    private readonly ISessionDirectory directory;
    private readonly int maximumHandshakes;
    private int handshakes;

    /// <summary>Creates the listener.</summary>
    /// <param name="directory">The containers.</param>
    /// <param name="maximumHandshakes">Network connections that may be in the handshake at one time; more are closed.</param>
    public SessionListener(ISessionDirectory directory, int maximumHandshakes = 128)
    {
        this.directory = directory;
        this.maximumHandshakes = maximumHandshakes;
    }

    /// <summary>How long a guest on the network may take for its handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told why a stream ended; never told a secret.</summary>
    public Action<Exception>? StreamEnded { get; init; }

    /// <summary>Takes TCP connections until cancelled. The caller has started the listener and stops it.</summary>
    public async Task AcceptAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(cancellationToken).ConfigureAwait(false);
            client.NoDelay = true;
            _ = ServeClientAsync(client, cancellationToken);
        }
    }

    /// <summary>Serves one stream until it ends; never throws but when cancelled. Owns the stream.</summary>
    public async Task ServeAsync(Stream stream, LinkProfile profile, CancellationToken cancellationToken)
    {
        await using var transport = new SessionTransport(stream, profile);
        do
        {
            try
            {
                var (channel, session) = await OpenAsync(transport, cancellationToken).ConfigureAwait(false);
                await session.RunAsync(channel, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception final) when (final is SessionRefusedException or IOException or ObjectDisposedException)
            {
                StreamEnded?.Invoke(final);
                return;
            }
            catch (Exception error) when (IsEndOfConnection(error, cancellationToken))
            {
                StreamEnded?.Invoke(error);
            }
        }
        while (profile.IsResynchronizing && !transport.IsEnded);
    }

    private static bool IsEndOfConnection(Exception error, CancellationToken cancellationToken) =>
        error is SessionProtocolException or TimeoutException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task ServeClientAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                await ServeAsync(client.GetStream(), LinkProfile.Network, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or InvalidOperationException or IOException)
            {
                StreamEnded?.Invoke(error);
            }
        }
    }

    private async Task<(SecureChannel Channel, ContainerSession Session)> OpenAsync(
        SessionTransport transport, CancellationToken cancellationToken)
    {
        // A serial port's handshake lasts until its guest has booted, and there is one for each machine only.
        var isCounted = !transport.Profile.IsResynchronizing;
        if (isCounted && Interlocked.Increment(ref handshakes) > maximumHandshakes)
        {
            Interlocked.Decrement(ref handshakes);
            throw new SessionRefusedException("Too many guests are in the handshake.");
        }

        try
        {
            if (isCounted)
                return await AcceptAsync(transport, HandshakeTimeout, cancellationToken).ConfigureAwait(false);

            // A guest that has just booted opens by itself. One that is in a session with an endpoint that is gone does not know of it
            // until it is hailed, and one that has not booted yet is hailed in vain.
            var patience = FirstHail;
            while (true)
            {
                try
                {
                    return await AcceptAsync(transport, patience, cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    await SessionHandshake.HailAsync(transport, cancellationToken).ConfigureAwait(false);
                    patience = HailInterval;
                }
            }
        }
        finally
        {
            if (isCounted)
                Interlocked.Decrement(ref handshakes);
        }
    }

    private async Task<(SecureChannel Channel, ContainerSession Session)> AcceptAsync(
        SessionTransport transport, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        var (channel, id) = await SessionHandshake.AcceptAsync(transport, directory.FindKey, timeout.Token).ConfigureAwait(false);
        return (channel, directory.FindSession(id) ?? throw new SessionRefusedException("The container is not running."));
    }
}
