using System.Net;
using System.Net.Sockets;

namespace Vic.Testing.Networking;

/// <summary>Ports of loopback that nothing listens on.</summary>
public static class FreePort
{
    /// <summary>A TCP port that was free a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
