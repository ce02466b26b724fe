using System.Net.Sockets;
using System.Security.Cryptography;
using Vic.Guest.Sessions;
using Vic.Lab.Machines;
using Vic.Lab.Networks;
using Vic.Lab.SerialPorts;
using Vic.Testing.Files;

namespace Vic.Lab.Tests.SerialPorts;

/// <summary>A machine's serial port with a tether behind it that runs <c>sh -c 'cat; exit 7'</c>, and the host's line in front of it.</summary>
internal sealed class SerialSession : IAsyncDisposable
{
    private static readonly string Container = new('c', 64);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _off = new();
    private readonly PortGroupNetworks _networks;
    private readonly GuestDialer _dialer;
    private readonly SerialLine _line;
    private readonly Task _connecting;

    public SerialSession(byte[]? guestKey = null)
    {
        _networks = new PortGroupNetworks(processes: null, _folder.Path);
        _dialer = new GuestDialer(_networks);
        _line = new SerialLine(_folder["port"], new SerialPortIdentity("a container", Uuid), _dialer);
        Tether = new TetherSession(Container, guestKey ?? _key, new EchoHost());
        _connecting = new SessionConnector(Tether, OpenPortAsync, LinkProfile.Serial).RunAsync(_off.Token);
    }

    public Guid Uuid { get; } = Guid.NewGuid();

    public TetherSession Tether { get; }

    /// <summary>An endpoint that knows nothing of what any before it heard; the host connects the port to it.</summary>
    public SerialEndpoint StartEndpoint()
    {
        var endpoint = new SerialEndpoint(Container, _key);
        _line.Retarget(new SerialPortBacking.Network(IsClient: true, "tcp://127.0.0.1:2379", endpoint.ProxyUri));
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        await _off.CancelAsync();
        await _connecting;
        await Tether.DisposeAsync();
        await _line.DisposeAsync();
        _dialer.Dispose();
        await _networks.DisposeAsync();
        _folder.Dispose();
        _off.Dispose();
    }

    private async ValueTask<Stream> OpenPortAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_line.SocketPath), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
