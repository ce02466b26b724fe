using System.Net;
using System.Net.Sockets;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Vspc;

namespace Vic.Lab.Tests.SerialPorts;

/// <summary>The endpoint's end of serial ports: a concentrator, and the session of one container.</summary>
internal sealed class SerialEndpoint : ISessionDirectory, IAsyncDisposable
{
    private readonly string _container;
    private readonly byte[] _key;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<Exception> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionListener _door;
    private readonly Task _accepting;

    public SerialEndpoint(string container, byte[] key)
    {
        _container = container;
        _key = key;
        _door = new SessionListener(this) { StreamEnded = reason => _refused.TrySetResult(reason) };
        Session = new ContainerSession(container);
        _listener.Start();
        _accepting = new VspcServer(Serve).AcceptAsync(_listener, _ending.Token);
    }

    public string ProxyUri => $"telnet://{_listener.LocalEndpoint}";

    public ContainerSession Session { get; }

    /// <summary>The machine that the host named.</summary>
    public Guid Uuid { get; private set; }

    /// <summary>Why the first stream that ended has ended.</summary>
    public Task<Exception> Refused => _refused.Task;

    public byte[]? FindKey(string containerId) => containerId == _container ? _key : null;

    public ContainerSession? FindSession(string containerId) => Session;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _ending.Dispose();
    }

    private void Serve(Guid uuid, Stream port)
    {
        Uuid = uuid;
        _ = _door.ServeAsync(port, LinkProfile.Serial, _ending.Token);
    }
}
