using System.Net.Sockets;

namespace Vic.Endpoint.Syslog;

/// <summary>Sends each message as a packet of its own (RFC 5426).</summary>
/// <param name="socket">A connected socket: so the system tells when nobody listens there.</param>
internal sealed class SyslogPackets(Socket socket) : ISyslogConnection
{
    /// <summary>Every server should take as much (RFC 5426, 3.2).</summary>
    public int LongestMessage => 2048;

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        await socket.SendAsync(message, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
