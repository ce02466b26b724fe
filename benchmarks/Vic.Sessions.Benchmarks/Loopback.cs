using System.Net;
using System.Net.Sockets;

/// <summary>Two ends of a TCP connection on this machine.</summary>
internal static class Loopback
{
    public static async Task<(NetworkStream Client, NetworkStream Server)> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var server = await listener.AcceptTcpClientAsync();
        server.NoDelay = true;
        return (client.GetStream(), server.GetStream());
    }
}
