using Vic.Lab.Machines.Sockets;

namespace Vic.Lab.Networks;

/// <summary>
/// The wire from a virtual adapter to a switch: a unix socket that QEMU's <c>stream</c> netdev connects to. The far end can be plugged into another
/// switch while the machine runs.
/// </summary>
internal sealed class NetworkCable : IAsyncDisposable
{
    private readonly UnixListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Task _running;
    private TaskCompletionSource _replugged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SwitchPort? _port;

    public NetworkCable(string socketPath)
    {
        _listener = new UnixListener(socketPath);
        _running = RunAsync();
    }

    /// <summary>The socket that the adapter connects to.</summary>
    public string SocketPath => _listener.Path;

    /// <summary>Plugs the cable into a switch, or into none.</summary>
    public void PlugInto(EthernetSwitch? target)
    {
        lock (_lock)
        {
            _port?.Dispose();
            _port = target?.AddPort();
            var before = _replugged;
            _replugged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            before.SetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        PlugInto(null);
        await _running.ConfigureAwait(false);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await using var stream = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                var frames = new FrameStream(stream);
                var writing = WriteAsync(frames, ending.Token);
                await ReadAsync(frames, ending.Token).ConfigureAwait(false);
                await ending.CancelAsync().ConfigureAwait(false);
                await writing.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The cable is taken away.
        }
    }

    private async Task ReadAsync(FrameStream frames, CancellationToken cancellationToken)
    {
        try
        {
            while (await frames.ReadAsync(cancellationToken).ConfigureAwait(false) is { } frame)
            {
                _port?.Send(frame);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            // The adapter is gone, or sends what no adapter sends: either way this connection has ended.
        }
    }

    private async Task WriteAsync(FrameStream frames, CancellationToken cancellationToken)
    {
        const int batchLimit = 256 * 1024;
        using var batch = new MemoryStream();
        try
        {
            while (true)
            {
                SwitchPort? port;
                Task replugged;
                lock (_lock)
                {
                    port = _port;
                    replugged = _replugged.Task;
                }

                if (port is null || !await port.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    await replugged.WaitAsync(cancellationToken).ConfigureAwait(false);
                    continue;
                }

                batch.SetLength(0);
                while (batch.Length < batchLimit && port.TryRead(out var frame))
                {
                    FrameStream.Append(batch, frame);
                }

                await frames.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The adapter is gone.
        }
    }
}
