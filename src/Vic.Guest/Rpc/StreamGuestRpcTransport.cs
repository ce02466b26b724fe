namespace Vic.Guest.Rpc;

/// <summary>Guest RPC on a byte stream: a virtio port, or the socket that PID 1 offers to its services.</summary>
public sealed class StreamGuestRpcTransport(Stream stream) : IGuestRpcTransport
{
    private readonly SemaphoreSlim _oneRequest = new(1);
    private readonly SemaphoreSlim _oneWrite = new(1);
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource<byte[]>? _reply;
    private Exception? _failure;
    private Task _receiving = Task.CompletedTask;

    /// <inheritdoc/>
    public Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>>? OnCommand { get; set; }

    /// <inheritdoc/>
    public void Start() => _receiving = ReceiveAsync();

    /// <inheritdoc/>
    public async Task<byte[]> CallAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await _oneRequest.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var reply = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _reply, reply);
            if (Volatile.Read(ref _failure) is { } failure)
                throw new IOException("Guest RPC is closed.", failure);
            await WriteAsync(GuestRpcChannel.Request, request, cancellationToken).ConfigureAwait(false);

            // Once sent, the reply must be taken, or the next request would get it.
            return await reply.Task.ConfigureAwait(false);
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
        await _receiving.ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        _oneRequest.Dispose();
        _oneWrite.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await GuestRpcFraming.ReadAsync(stream, _stop.Token).ConfigureAwait(false) is var (channel, payload))
            {
                if (channel == GuestRpcChannel.Command)
                    _ = AnswerAsync(payload);
                else
                    Interlocked.Exchange(ref _reply, null)?.TrySetResult(payload);
            }
            throw new EndOfStreamException("The host closed guest RPC.");
        }
        catch (Exception failure)
        {
            Volatile.Write(ref _failure, failure);
            Interlocked.Exchange(ref _reply, null)?.TrySetException(new IOException("Guest RPC is closed.", failure));
        }
    }

    private async Task AnswerAsync(byte[] command)
    {
        var answer = "ERROR Unknown command"u8.ToArray();
        try
        {
            if (OnCommand is { } handler)
                answer = await handler(command, _stop.Token).ConfigureAwait(false);
            await WriteAsync(GuestRpcChannel.Command, answer, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The host is gone; the receiving side reports it.
        }
    }

    private async Task WriteAsync(GuestRpcChannel channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await _oneWrite.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await GuestRpcFraming.WriteAsync(stream, channel, payload.Span, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneWrite.Release();
        }
    }
}
