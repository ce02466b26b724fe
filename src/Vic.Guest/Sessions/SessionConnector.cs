using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>The guest's way to its endpoint: connects, and connects again for as long as the virtual machine runs.</summary>
public sealed class SessionConnector
{
    private readonly TetherSession session;
    private readonly Func<CancellationToken, ValueTask<Stream>> connect;
    private readonly LinkProfile profile;

    /// <summary>Creates the connector.</summary>
    /// <param name="session">The session that goes over the connections.</param>
    /// <param name="connect">Opens the stream: a TCP connection each time, or the serial port, which stays open.</param>
    /// <param name="profile">What the transport carries well.</param>
    public SessionConnector(TetherSession session, Func<CancellationToken, ValueTask<Stream>> connect, LinkProfile profile)
    {
        this.session = session;
        this.connect = connect;
        this.profile = profile;
    }

    /// <summary>The first pause between attempts; doubled up to <see cref="LongestPause"/>.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between attempts, and the longest wait for an answer on a serial port.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an endpoint on the network may take for its answer.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told why an attempt or a connection ended; never told a secret.</summary>
    public Action<Exception>? AttemptFailed { get; init; }

    /// <summary>Keeps the session connected until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        SessionTransport? transport = null;
        var pause = ShortestPause;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                bool isAskedAgain = false, isBroken = false;
                var agreements = session.Agreements;
                try
                {
                    transport ??= new SessionTransport(await connect(cancellationToken).ConfigureAwait(false), profile);
                    if (await OpenAsync(transport, pause, cancellationToken).ConfigureAwait(false) is { } channel)
                    {
                        await session.RunAsync(channel, cancellationToken).ConfigureAwait(false);
                    }
                    else
                    {
                        isAskedAgain = true;
                    }
                }
                catch (Exception error) when (!cancellationToken.IsCancellationRequested)
                {
                    isBroken = error is IOException or ObjectDisposedException;
                    AttemptFailed?.Invoke(error);
                }

                if (transport is not null && (!profile.IsResynchronizing || transport.IsEnded || isBroken))
                {
                    await transport.DisposeAsync().ConfigureAwait(false);
                    transport = null;
                }

                if (isAskedAgain)
                    continue;

                // An endpoint that knows the key and yet cannot go on is not asked in a storm.
                if (session.Agreements != agreements)
                    pause = ShortestPause;
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The machine is going down.
        }
        finally
        {
            if (transport is not null)
                await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<SecureChannel?> OpenAsync(SessionTransport transport, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // On a serial port nobody may have been there to read the opening: it is sent again, at growing intervals.
        timeout.CancelAfter(profile.IsResynchronizing ? pause + TimeSpan.FromSeconds(1) : HandshakeTimeout);
        return await SessionHandshake.InitiateAsync(transport, session.ContainerId, session.Key, timeout.Token).ConfigureAwait(false);
    }
}
