using System.Net.Sockets;

namespace Vic.Endpoint.Syslog;

/// <summary>The way to a log server, as long as it is open.</summary>
internal interface ISyslogConnection : IDisposable
{
    /// <summary>The longest message that this way takes, in bytes.</summary>
    int LongestMessage { get; }

    /// <summary>Sends a message.</summary>
    /// <exception cref="SocketException">The way is broken; the message may not have arrived.</exception>
    /// <exception cref="IOException">The way is broken; the message may not have arrived.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
