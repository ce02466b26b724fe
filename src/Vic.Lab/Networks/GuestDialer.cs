using System.Net;
using System.Net.Sockets;
using Vic.Lab.Machines;

namespace Vic.Lab.Networks;

/// <summary>
/// Connects from the host to an address that a guest knows: a guest of the routed segment through a forward of the gateway, the gateway's own address
/// on this computer's loopback interface. Nothing else is reachable, so nothing leaves this computer.
/// </summary>
internal sealed class GuestDialer(PortGroupNetworks networks) : IDisposable
{
    private readonly Dictionary<IPEndPoint, int> _forwards = [];
    private readonly SemaphoreSlim _adding = new(1, 1);

    /// <summary>Connects to the host and port of a URI.</summary>
    /// <exception cref="MachineException">The address is not one of the lab's.</exception>
    /// <exception cref="SocketException">Nobody answers.</exception>
    public async Task<Stream> DialAsync(Uri uri, CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(uri.Host, out var address) || uri.Port is <= 0 or > ushort.MaxValue)
        {
            throw new MachineException($"{uri} does not name an IP address and a port.");
        }

        var port = await FindPortAsync(new IPEndPoint(address, uri.Port), cancellationToken).ConfigureAwait(false);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _adding.Dispose();

    private async Task<int> FindPortAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        if (IPAddress.IsLoopback(target.Address) || target.Address.Equals(RoutedNetwork.Gateway))
        {
            return target.Port;
        }

        if (!RoutedNetwork.IsGuest(target.Address) || networks.Gateway is not { } gateway)
        {
            throw new MachineException($"{target} is not on the lab's routed network.");
        }

        await _adding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_forwards.TryGetValue(target, out var port))
            {
                port = await gateway.AddForwardAsync(target, cancellationToken).ConfigureAwait(false);
                _forwards.Add(target, port);
            }

            return port;
        }
        finally
        {
            _adding.Release();
        }
    }
}
