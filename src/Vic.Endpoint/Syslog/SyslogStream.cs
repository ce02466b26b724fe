using System.Net.Sockets;
using System.Text;

namespace Vic.Endpoint.Syslog;

/// <summary>Sends messages over a connection, each after the number of its bytes (RFC 6587, 3.4.1: octet counting).</summary>
internal sealed class SyslogStream : ISyslogConnection
{
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(30);

    private readonly NetworkStream _stream;
    private readonly Task _closed;

    public SyslogStream(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        _stream = new NetworkStream(socket, ownsSocket: true);

        // A server says nothing; when a read ends, it has hung up. What is written after that would be lost without a word.
        _closed = _stream.ReadAsync(new byte[1]).AsTask();
        _ = _closed.ContinueWith(static task => task.Exception, TaskScheduler.Default);
    }

    /// <summary>Every server should take as much (RFC 5425, 4.3.1, for messages over streams).</summary>
    public int LongestMessage => 8192;

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_closed.IsCompleted)
        {
            throw new IOException("the server has closed the connection");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SendLimit);
        try
        {
            await _stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{message.Length} "), .. message.Span], limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"the server has taken nothing for {SendLimit.TotalSeconds} seconds");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
