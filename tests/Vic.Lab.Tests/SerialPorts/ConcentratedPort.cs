using System.Net;
using System.Net.Sockets;
using Vic.Guest.Sessions.Vspc;
using Vic.Lab.Machines;
using Vic.Lab.Networks;
using Vic.Lab.SerialPorts;
using Vic.Testing.Files;

namespace Vic.Lab.Tests.SerialPorts;

/// <summary>A serial port from end to end: the guest's side as a stream, the host's line, the endpoint's concentrator, and the stream that it gives.</summary>
internal sealed class ConcentratedPort : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<Stream> _offered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PortGroupNetworks _networks;
    private readonly GuestDialer _dialer;
    private readonly Task _accepting;
    private int _offers;

    private ConcentratedPort()
    {
        _networks = new PortGroupNetworks(processes: null, _folder.Path);
        _dialer = new GuestDialer(_networks);
        _listener.Start();
        _accepting = new VspcServer(OnPort).AcceptAsync(_listener, _ending.Token);
        Line = new SerialLine(_folder["port"], new SerialPortIdentity("a machine", Guid.NewGuid()), _dialer);
        Line.Retarget(new SerialPortBacking.Network(IsClient: true, "tcp://127.0.0.1:2379", $"telnet://{_listener.LocalEndpoint}"));
    }

    public SerialLine Line { get; }

    /// <summary>The guest's side of the port.</summary>
    public NetworkStream Guest { get; private set; } = null!;

    /// <summary>The endpoint's side of the port.</summary>
    public Stream Endpoint { get; private set; } = null!;

    /// <summary>How many ports the concentrator has offered; a port that moves is offered once.</summary>
    public int Offers => Volatile.Read(ref _offers);

    public static async Task<ConcentratedPort> StartAsync()
    {
        var port = new ConcentratedPort();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(port.Line.SocketPath), TestContext.Current.CancellationToken);
        port.Guest = new NetworkStream(socket, ownsSocket: true);
        port.Endpoint = await port._offered.Task.WaitAsync(TestContext.Current.CancellationToken);
        return port;
    }

    public async ValueTask DisposeAsync()
    {
        await Guest.DisposeAsync();
        await Line.DisposeAsync();
        await _ending.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _dialer.Dispose();
        await _networks.DisposeAsync();
        _folder.Dispose();
        _ending.Dispose();
    }

    private void OnPort(Guid uuid, Stream port)
    {
        Interlocked.Increment(ref _offers);
        _offered.TrySetResult(port);
    }
}
