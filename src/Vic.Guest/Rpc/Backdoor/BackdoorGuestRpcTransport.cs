namespace Vic.Guest.Rpc.Backdoor;

/// <summary>
/// Guest RPC on VMware: one channel for the guest's requests, and one on which it asks for commands, seldom while there are none (open-vm-tools, lib/rpcOut
/// and lib/rpcIn).
/// </summary>
public sealed class BackdoorGuestRpcTransport : IGuestRpcTransport
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly IBackdoorPort _port;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _oneRequest = new(1);
    private readonly CancellationTokenSource _stop = new();
    private BackdoorChannel? _requests;
    private Task _polling = Task.CompletedTask;

    /// <summary>Creates the transport of this machine; only where <see cref="Hypervisor.IsVmware"/>.</summary>
    public BackdoorGuestRpcTransport()
        : this(new BackdoorPort(), TimeProvider.System)
    {
    }

    internal BackdoorGuestRpcTransport(IBackdoorPort port, TimeProvider time)
    {
        _port = port;
        _time = time;
    }

    /// <inheritdoc/>
    public Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>>? OnCommand { get; set; }

    /// <inheritdoc/>
    public void Start() => _polling = PollAsync();

    /// <inheritdoc/>
    public async Task<byte[]> CallAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _oneRequest.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Send(request.Span);
            return _requests!.Receive() ?? throw new IOException("The hypervisor gave no answer to a request of guest RPC.");
        }
        catch (IOException)
        {
            CloseRequests();
            throw;
        }
        finally
        {
            _oneRequest.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _polling.ConfigureAwait(false);
        await _oneRequest.WaitAsync().ConfigureAwait(false);
        CloseRequests();
        _oneRequest.Dispose();
        _stop.Dispose();
    }

    /// <summary>A channel that was open before the machine was resumed or moved may be gone; a message that was not taken is sent again on a new one.</summary>
    private void Send(ReadOnlySpan<byte> request)
    {
        if (_requests is { } open)
        {
            try
            {
                open.Send(request);
                return;
            }
            catch (IOException)
            {
                CloseRequests();
            }
        }

        _requests = BackdoorChannel.Open(_port, BackdoorChannel.Rpci);
        _requests.Send(request);
    }

    private void CloseRequests()
    {
        _requests?.Close();
        _requests = null;
    }

    private async Task PollAsync()
    {
        BackdoorChannel? commands = null;
        byte[] reply = [];
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                var command = TryExchange(ref commands, reply);
                reply = command is null ? [] : await AnswerAsync(command).ConfigureAwait(false);
                pause = command is not null ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (command is null)
                    await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }

        commands?.Close();
    }

    /// <summary>Hands over the last reply and asks for the next command; null when there is none, or the host does not answer.</summary>
    private byte[]? TryExchange(ref BackdoorChannel? commands, byte[] reply)
    {
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            commands ??= BackdoorChannel.Open(_port, BackdoorChannel.Tclo);
            commands.Send(reply);
            return commands.Receive();
        }
        catch (IOException)
        {
            commands?.Close();
            commands = null;
            return null;
        }
    }

    private async Task<byte[]> AnswerAsync(byte[] command) =>
        OnCommand is { } handler ? await handler(command, _stop.Token).ConfigureAwait(false) : "ERROR Unknown command"u8.ToArray();
}
