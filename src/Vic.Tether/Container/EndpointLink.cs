using System.Net;
using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Sessions;
using Vic.Guest.Streams;

namespace Vic.Tether.Container;

/// <summary>The way to the endpoint: TCP where the configuration names an address, else the first serial port.</summary>
internal static class EndpointLink
{
    private const string AttachPort = "/dev/ttyS0";

    /// <summary>Keeps the session connected; null when the configuration has no session key, so there is nobody to talk to.</summary>
    public static SessionConnector? Create(AttachConfiguration attach, TetherSession session)
    {
        if (attach.Key.Length != AttachConfiguration.KeyLength)
            return null;
        if (attach.Address.Length == 0)
            return Connect(session, _ => ValueTask.FromResult<Stream>(SerialPort.Open(AttachPort)), LinkProfile.Serial);
        return IPEndPoint.TryParse(attach.Address, out var server)
            ? Connect(session, stop => TcpConnection.ConnectAsync(server, stop), LinkProfile.Network)
            : throw new IOException("The configuration's attach address is not an address and a port.");
    }

    private static SessionConnector Connect(TetherSession session, Func<CancellationToken, ValueTask<Stream>> connect, LinkProfile profile) =>
        new(session, connect, profile) { AttemptFailed = failure => GuestLog.Write($"endpoint: {failure.Message}") };
}
