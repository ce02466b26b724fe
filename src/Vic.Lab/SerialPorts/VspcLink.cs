using System.Net.Sockets;

namespace Vic.Lab.SerialPorts;

/// <summary>One connection between a host and the concentrator.</summary>
internal sealed class VspcLink : IAsyncDisposable
{
    private readonly Stream _proxy;
    private readonly Stream _guest;
    private readonly VspcClient _client;
    private readonly SerializedWriter _writer;
    private readonly CancellationTokenSource _ending;
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Announcement? _announced;

    public VspcLink(Stream proxy, Stream guest, VspcClient client, CancellationToken cancellationToken)
    {
        _proxy = proxy;
        _guest = guest;
        _client = client;
        _writer = new SerializedWriter(proxy);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Receiving = ReceiveAsync();
    }

    /// <summary>Ends with the connection, and fails when it broke.</summary>
    public Task Receiving { get; }

    /// <summary>Whether the concentrator has taken the port.</summary>
    public bool IsAccepted => _accepted.Task.IsCompletedSuccessfully;

    /// <summary>Waits until the concentrator has taken the port.</summary>
    /// <exception cref="IOException">It did not, and closed.</exception>
    public async Task AcceptedAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_accepted.Task, Receiving).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!_accepted.Task.IsCompleted)
        {
            throw new IOException("The concentrator has not taken the serial port.");
        }
    }

    /// <summary>Sends what the guest said.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => _writer.WriteAsync(Telnet.Escape(data.Span), cancellationToken);

    /// <summary>Announces a vMotion; all data for the guest has been taken when the answer is there.</summary>
    /// <returns>Sequence and secret, or nothing when the concentrator refuses now.</returns>
    /// <exception cref="IOException">The connection has ended.</exception>
    public async Task<byte[]> BeginMoveAsync(byte[] sequence, CancellationToken cancellationToken)
    {
        var announced = new Announcement(sequence, new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _announced, announced);
        _client.BeginMove(sequence);
        await SayAsync(cancellationToken).ConfigureAwait(false);
        var answer = announced.Answered.Task;
        await Task.WhenAny(answer, Receiving).WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer.IsCompleted ? await answer.ConfigureAwait(false) : throw new IOException("The concentrator has closed the line.");
    }

    /// <summary>Tells, as the target of a vMotion, that the machine runs here.</summary>
    public Task CompleteMoveAsync(byte[] sequence, CancellationToken cancellationToken)
    {
        _client.CompleteMove(sequence);
        return SayAsync(cancellationToken);
    }

    /// <summary>Tells, as the source of a vMotion, that the machine stays.</summary>
    public Task AbortMoveAsync(CancellationToken cancellationToken)
    {
        _client.AbortMove();
        return SayAsync(cancellationToken);
    }

    /// <summary>Says the last word; what was sent before still arrives.</summary>
    public void EndSending() => ((NetworkStream)_proxy).Socket.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await Receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _proxy.DisposeAsync().ConfigureAwait(false);
        _writer.Dispose();
        _ending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[4096];
        await SayAsync(_ending.Token).ConfigureAwait(false);
        int count;
        while (!_client.Refused && (count = await _proxy.ReadAsync(buffer, _ending.Token).ConfigureAwait(false)) > 0)
        {
            var toGuest = _client.Receive(buffer.AsSpan(0, count));
            await SayAsync(_ending.Token).ConfigureAwait(false);
            if (_client.Proxied)
            {
                _accepted.TrySetResult();
            }

            await _guest.WriteAsync(toGuest, _ending.Token).ConfigureAwait(false);
            if (_client.MoveAnswer is { } answer && Volatile.Read(ref _announced) is { } announced && announced.Sequence == answer.Sequence)
            {
                announced.Answered.TrySetResult(answer.Cookie);
            }
        }
    }

    private Task SayAsync(CancellationToken cancellationToken)
    {
        var words = _client.TakeNegotiation();
        return words.Length == 0 ? Task.CompletedTask : _writer.WriteAsync(words, cancellationToken);
    }

    /// <summary>A vMotion that waits for the concentrator's answer.</summary>
    private sealed record Announcement(byte[] Sequence, TaskCompletionSource<byte[]> Answered);
}
