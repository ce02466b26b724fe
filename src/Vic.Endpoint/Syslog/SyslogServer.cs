using System.Globalization;
using System.Net.Sockets;
using Vic.Configuration;

namespace Vic.Endpoint.Syslog;

/// <summary>Where log lines go.</summary>
/// <param name="IsTcp">By a TCP connection; else each by a UDP packet.</param>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">The port.</param>
internal sealed record SyslogServer(bool IsTcp, string Host, int Port)
{
    /// <summary>Reads what the configuration says.</summary>
    /// <exception cref="FormatException">It says something else.</exception>
    public static SyslogServer Parse(SyslogConfiguration configuration)
    {
        var (network, address) = (configuration.Network, configuration.Address);
        var colon = address.LastIndexOf(':');
        return network is "tcp" or "udp"
            && colon > 0
            && ushort.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && address[..colon].Trim('[', ']') is { Length: > 0 } host
                ? new SyslogServer(network == "tcp", host, port)
                : throw new FormatException($"\"{network}\" and \"{address}\" are not udp or tcp and host:port");
    }

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">The server cannot be reached, or its name not be resolved.</exception>
    public async Task<ISyslogConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = IsTcp ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(Host, Port, cancellationToken).ConfigureAwait(false);
            return IsTcp ? new SyslogStream(socket) : new SyslogPackets(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsTcp ? "tcp" : "udp")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
