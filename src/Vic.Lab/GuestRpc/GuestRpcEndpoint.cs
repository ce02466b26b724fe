using System.Text;
using System.Threading.Channels;
using Vic.Lab.Machines;
using Vic.Lab.Machines.Sockets;

namespace Vic.Lab.GuestRpc;

/// <summary>
/// The host's end of one machine's guest RPC: a unix socket that the machine (or a scripted guest) connects to. Commands of the guest are answered at
/// once; commands to the guest go one at a time, as on VMware's TCLO channel, which has no request numbers.
/// </summary>
internal sealed class GuestRpcEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(60);
    private readonly UnixListener _listener;
    private readonly RpciCommands _commands;
    private readonly Action<bool> _onToolsState;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _commanding = new(1, 1);
    private readonly Task _running;
    private volatile Connection? _connection;
    private volatile bool _toolsRun;

    public GuestRpcEndpoint(string socketPath, RpciCommands commands, Action<bool> onToolsState)
    {
        _commands = commands;
        _onToolsState = onToolsState;
        _listener = new UnixListener(socketPath);
        _running = RunAsync();
    }

    /// <summary>The socket that the machine connects to.</summary>
    public string SocketPath => _listener.Path;

    /// <summary>Whether the guest's tools answer.</summary>
    public bool ToolsRun => _toolsRun;

    /// <summary>Ends the present connection: after a reset, nothing that was half sent may reach the new boot.</summary>
    public void Reset() => _connection?.Close();

    /// <summary>Sends a command to the guest and returns its answer without <c>OK </c>.</summary>
    /// <exception cref="GuestOperationException">No tools run, or they refuse.</exception>
    public async Task<byte[]> CommandAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        var connection = _connection;
        if (connection is null || !_toolsRun)
        {
            throw new GuestOperationException(GuestOperationFailure.ToolsUnavailable, "The guest's tools do not run.");
        }

        return await CommandAsync(connection, command, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _connection?.Close();
        await _running.ConfigureAwait(false);
        _listener.Dispose();
        _stopping.Dispose();
        _commanding.Dispose();
    }

    private async Task<byte[]> CommandAsync(Connection connection, ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        await _commanding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Answers that came too late for their command would be taken for this one's.
            while (connection.Replies.Reader.TryRead(out _))
            {
            }

            await connection.WriteAsync(GuestRpcChannel.Tclo, command, cancellationToken).ConfigureAwait(false);
            var reply = await connection.Replies.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(ReplyTimeout, cancellationToken).ConfigureAwait(false);
            return reply.AsSpan().StartsWith("OK"u8)
                ? reply.Length > 3 ? reply[3..] : []
                : throw new GuestOperationException(GuestOperationFailure.Failed, $"The guest's tools refuse: {Encoding.UTF8.GetString(reply)}");
        }
        catch (Exception exception) when (exception is TimeoutException or ChannelClosedException or IOException or ObjectDisposedException)
        {
            SetToolsState(false);
            throw new GuestOperationException(GuestOperationFailure.ToolsUnavailable, "The guest's tools do not answer.", exception);
        }
        finally
        {
            _commanding.Release();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var stream = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                using var connection = new Connection(stream);
                _connection = connection;
                await ServeAsync(connection).ConfigureAwait(false);
                _connection = null;
                SetToolsState(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The machine is taken away.
        }
    }

    private async Task ServeAsync(Connection connection)
    {
        Task? heartbeat = null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            while (await connection.Frames.ReadAsync(_stopping.Token).ConfigureAwait(false) is { } message)
            {
                if (message.Channel == GuestRpcChannel.Tclo)
                {
                    connection.Replies.Writer.TryWrite(message.Payload);
                    continue;
                }

                await connection.WriteAsync(GuestRpcChannel.Rpci, _commands.Execute(message.Payload), _stopping.Token).ConfigureAwait(false);

                // A guest that talks is greeted; one that answers has tools.
                heartbeat ??= KeepGreetingAsync(connection, ending.Token);
            }
        }
        catch (Exception exception) when (
            exception is IOException or InvalidDataException or OperationCanceledException or ObjectDisposedException)
        {
            // The guest is gone, or does not speak the protocol; it may connect anew.
        }

        connection.Replies.Writer.TryComplete();
        await ending.CancelAsync().ConfigureAwait(false);
        if (heartbeat is not null)
        {
            await heartbeat.ConfigureAwait(false);
        }
    }

    private async Task KeepGreetingAsync(Connection connection, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PingInterval);
        try
        {
            do
            {
                await GreetAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The connection ended.
        }
    }

    private async Task GreetAsync(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            if (_toolsRun)
            {
                await CommandAsync(connection, "ping"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                return;
            }

            await CommandAsync(connection, "reset"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            await CommandAsync(connection, "Capabilities_Register"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            SetToolsState(true);
        }
        catch (GuestOperationException)
        {
            // No tools, or not any more; the next tick asks again.
            SetToolsState(false);
        }
    }

    private void SetToolsState(bool run)
    {
        if (_toolsRun != run)
        {
            _toolsRun = run;
            _onToolsState(run);
        }
    }

    private sealed class Connection(Stream stream) : IDisposable
    {
        private readonly SemaphoreSlim _writing = new(1, 1);

        public GuestRpcFrames Frames { get; } = new(stream);

        public Channel<byte[]> Replies { get; } =
            Channel.CreateBounded<byte[]>(new BoundedChannelOptions(4) { FullMode = BoundedChannelFullMode.DropWrite });

        public async Task WriteAsync(GuestRpcChannel channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await Frames.WriteAsync(channel, payload.Span, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }

        public void Close() => stream.Dispose();

        public void Dispose()
        {
            Close();
            _writing.Dispose();
        }
    }
}
