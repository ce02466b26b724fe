using System.Net;
using System.Net.Sockets;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Cryptography;

namespace Vic.Guest.Tests.Sessions;

/// <summary>A guest and an endpoint that are connected over TCP on the loopback, with lines that can be made to fail.</summary>
internal sealed class SessionPair : ISessionDirectory, IAsyncDisposable
{
    private readonly byte[] key = SessionKeys.Random(32);
    private readonly CancellationTokenSource ending = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<Task> work = [];
    private readonly LinkProfile profile;
    private CancellationTokenSource endpointEnding = new();

    public SessionPair(TetherSessionOptions? options = null, LinkProfile? profile = null, TimeSpan? keepAlive = null)
    {
        this.profile = profile ?? LinkProfile.Network;
        Tether = new TetherSession(Id, key, Host, options) { KeepAlive = keepAlive ?? TimeSpan.FromSeconds(15) };
        Container = new ContainerSession(Id);
        listener.Start();
    }

    public string Id { get; } = Convert.ToHexStringLower(SessionKeys.Random(32));

    public ScriptedHost Host { get; } = new();

    public TetherSession Tether { get; }

    public ContainerSession Container { get; private set; }

    /// <summary>Makes the guest's end of each connection as bad as the test wants it.</summary>
    public Func<Stream, Stream> Line { get; init; } = stream => stream;

    public int Connections { get; private set; }

    public byte[]? FindKey(string containerId) => containerId == Id ? key : null;

    public ContainerSession? FindSession(string containerId) => Container;

    public SessionPair Start()
    {
        StartEndpoint();
        work.Add(new SessionConnector(Tether, ConnectAsync, profile)
        {
            ShortestPause = TimeSpan.FromMilliseconds(1),
            LongestPause = TimeSpan.FromMilliseconds(20),
        }.RunAsync(ending.Token));
        return this;
    }

    /// <summary>The endpoint dies and comes back as a process that remembers nothing.</summary>
    public async Task RestartEndpointAsync()
    {
        await StopEndpointAsync();
        Container = new ContainerSession(Id);
        StartEndpoint();
    }

    public async Task StopEndpointAsync()
    {
        await endpointEnding.CancelAsync();
    }

    public void StartEndpoint()
    {
        endpointEnding = new CancellationTokenSource();
        work.Add(AcceptAsync(endpointEnding.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await endpointEnding.CancelAsync();
        listener.Stop();
        await Task.WhenAll(work);
        await Tether.DisposeAsync();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var serving = new List<Task>();
        var door = new SessionListener(this);
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(cancellationToken);
                client.NoDelay = true;
                serving.Add(door.ServeAsync(client.GetStream(), profile, cancellationToken));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAny(Task.WhenAll(serving));
        }
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
        Connections++;
        return Line(client.GetStream());
    }
}
