using System.Diagnostics;

namespace Vic.Vim25;

/// <summary>A session that its client opened itself: kept alive while nobody calls, and opened again when the server has ended it.</summary>
internal sealed class OwnedSession(VimClient client, VimClientOptions options) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private LoginRequest? _login;
    private Timer? _timer;
    private long _lastCall = Stopwatch.GetTimestamp();
    private int _number;

    /// <summary>Counts the sessions: what lived in an earlier one is gone from the server.</summary>
    public int Number => Volatile.Read(ref _number);

    /// <summary>May a call that found the session ended be made again in a new one?</summary>
    public bool IsRenewable => Volatile.Read(ref _login) is not null;

    public void Opened(LoginRequest? login)
    {
        Volatile.Write(ref _login, options.RenewSession ? login : null);
        Interlocked.Increment(ref _number);
        if (options.KeepAlive > TimeSpan.Zero && _timer is null)
        {
            // The timer must not be what keeps a forgotten client, and with it the session, alive.
            var self = new WeakReference<OwnedSession>(this);
            _timer = new Timer(static state => Touch((WeakReference<OwnedSession>)state!), self, options.KeepAlive, options.KeepAlive);
        }
    }

    public void Closed()
    {
        Volatile.Write(ref _login, null);
        Interlocked.Exchange(ref _timer, null)?.Dispose();
    }

    public void NoteCall() => Volatile.Write(ref _lastCall, Stopwatch.GetTimestamp());

    /// <summary>Opens a new session in place of one that has ended. Of many that ask, one does it.</summary>
    /// <param name="ended">The number of the session that has ended.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>False when there are no credentials, or the server no longer takes them.</returns>
    public async Task<bool> RenewAsync(int ended, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Number != ended)
            {
                return true;
            }

            if (Volatile.Read(ref _login) is not { } login)
            {
                return false;
            }

            await client.Channel.InvokeAsync(login, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _number);
            return true;
        }
        catch (VimFaultException e) when (e.Fault is InvalidLogin)
        {
            Volatile.Write(ref _login, null);
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => Closed();

    private static void Touch(WeakReference<OwnedSession> reference)
    {
        if (reference.TryGetTarget(out OwnedSession? session) && session.IsIdle)
        {
            _ = session.TouchAsync();
        }
    }

    private bool IsIdle => Stopwatch.GetTimestamp() - Volatile.Read(ref _lastCall) >= options.KeepAlive.TotalSeconds * Stopwatch.Frequency / 2;

    private async Task TouchAsync()
    {
        try
        {
            await client.InvokeAsync(new CurrentTimeRequest { This = VimClient.ServiceInstance }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is VimException or OperationCanceledException or ObjectDisposedException)
        {
            // The next call that somebody makes will say what is wrong.
        }
    }
}
