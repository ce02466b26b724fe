using System.Net.Sockets;
using Vic.Lab.Machines;
using Vic.Lab.Machines.Sockets;
using Vic.Lab.Networks;

namespace Vic.Lab.SerialPorts;

/// <summary>
/// The host's end of a serial port that leads to the network. The machine's port connects to a unix socket here; while the line is plugged in, this
/// side keeps dialling the concentrator and relays. With nobody at the other end the guest's bytes are lost, as on an open wire.
/// </summary>
internal sealed class SerialLine : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);
    private readonly UnixListener _listener;
    private readonly SerialPortIdentity _identity;
    private readonly GuestDialer _dialer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Task _running;
    private SerialPortBacking.Network? _target;
    private VspcLine? _vspc;
    private TaskCompletionSource _retargeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SerialLine(string socketPath, SerialPortIdentity identity, GuestDialer dialer)
    {
        _identity = identity;
        _dialer = dialer;
        _listener = new UnixListener(socketPath);
        _running = RunAsync();
    }

    /// <summary>The socket that the machine's port connects to.</summary>
    public string SocketPath => _listener.Path;

    /// <summary>Plugs the line into a service, or into nothing.</summary>
    public void Retarget(SerialPortBacking.Network? target)
    {
        lock (_lock)
        {
            if (_target == target)
            {
                return;
            }

            _target = target;
            var before = _retargeted;
            _retargeted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            before.SetResult();
        }
    }

    /// <summary>Hands the line over to another host, as vMotion does. It stays where it is when this fails, or the work in between does.</summary>
    /// <param name="transfer">What happens between the target host's connection and the machine's first step there.</param>
    /// <param name="cancellationToken">Gives the vMotion up.</param>
    /// <exception cref="MachineException">The concentrator does not agree, or is gone.</exception>
    public Task MoveAsync(Func<Task> transfer, CancellationToken cancellationToken) =>
        Volatile.Read(ref _vspc)?.MoveAsync(transfer, cancellationToken) ?? transfer();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await using var guest = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
            var pause = FirstPause;
            while (true)
            {
                SerialPortBacking.Network? target;
                Task retargeted;
                lock (_lock)
                {
                    (target, retargeted) = (_target, _retargeted.Task);
                }

                using var round = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                var served = target is null ? DrainAsync(guest, round.Token) : ServeAsync(guest, target, round.Token);
                await Task.WhenAny(served, retargeted).ConfigureAwait(false);
                await round.CancelAsync().ConfigureAwait(false);
                pause = await served.ConfigureAwait(false) ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (!retargeted.IsCompleted)
                {
                    await PauseAsync(guest, pause, retargeted).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or EndOfStreamException)
        {
            // The machine is gone.
        }
    }

    /// <summary>Keeps reading between two attempts: the guest must not block on a full port.</summary>
    private async Task PauseAsync(Stream guest, TimeSpan pause, Task retargeted)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var draining = DrainAsync(guest, round.Token);
        await Task.WhenAny(Task.Delay(pause, round.Token), retargeted, draining).ConfigureAwait(false);
        await round.CancelAsync().ConfigureAwait(false);
        await draining.ConfigureAwait(false);
        _stopping.Token.ThrowIfCancellationRequested();
    }

    private static async Task<bool> DrainAsync(Stream guest, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                if (await guest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) == 0)
                {
                    throw new EndOfStreamException();
                }
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (IOException exception)
        {
            throw new EndOfStreamException("the machine is gone", exception);
        }
    }

    /// <summary>Dials once and relays until either side ends; false when it came to nothing.</summary>
    private async Task<bool> ServeAsync(Stream guest, SerialPortBacking.Network target, CancellationToken cancellationToken)
    {
        try
        {
            var uri = new Uri(target.ProxyUri ?? target.ServiceUri);
            if (target.ProxyUri is null)
            {
                await using var peer = await _dialer.DialAsync(uri, cancellationToken).ConfigureAwait(false);
                return await RelayPlainAsync(guest, peer, cancellationToken).ConfigureAwait(false);
            }

            using var line = new VspcLine(guest, _identity, target, token => _dialer.DialAsync(uri, token));
            Volatile.Write(ref _vspc, line);
            return await line.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is SocketException or IOException and not EndOfStreamException or InvalidDataException or OperationCanceledException
                or MachineException or UriFormatException)
        {
            return false;
        }
        finally
        {
            Volatile.Write(ref _vspc, null);
        }
    }

    private static async Task<bool> RelayPlainAsync(Stream guest, Stream peer, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outward = PumpGuestAsync(guest, peer, ending.Token);
        var inward = peer.CopyToAsync(guest, ending.Token);
        return await EndBothAsync(outward, inward, ending).ConfigureAwait(false);
    }

    private static async Task PumpGuestAsync(Stream guest, Stream peer, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await guest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            await peer.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> EndBothAsync(Task outward, Task inward, CancellationTokenSource ending)
    {
        var first = await Task.WhenAny(outward, inward).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(outward, inward).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (outward.Exception?.InnerException is EndOfStreamException)
        {
            throw new EndOfStreamException("the machine is gone");
        }

        return first.IsCompletedSuccessfully;
    }
}
