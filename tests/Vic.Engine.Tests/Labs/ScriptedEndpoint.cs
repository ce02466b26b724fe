using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Vic.Configuration;

namespace Vic.Engine.Tests.Labs;

/// <summary>
/// Plays the guest of whatever endpoint VM is powered on in a lab without guests: stores an image, reports over guest RPC that it has started, and
/// answers Docker's <c>/info</c> on loopback.
/// </summary>
internal sealed class ScriptedEndpoint : IAsyncDisposable
{
    private const int PlainPort = 2375;
    private const int HeaderLength = 5;
    private const byte Request = (byte)'R';

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly IPAddress _address;
    private readonly TcpListener _docker;
    private readonly string _state;
    private readonly string _machines;
    private readonly HashSet<string> _stored = [];
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _guests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _left = new(StringComparer.Ordinal);
    private readonly Task _playing;
    private volatile bool _hasStored;

    /// <param name="stateDirectory">The folder of the lab.</param>
    /// <param name="address">
    /// The endpoint's own address, one of loopback's, on which the Docker API answers without TLS; null for one that nobody reaches, so that clients are given <see cref="Address"/>.
    /// </param>
    public ScriptedEndpoint(string stateDirectory, IPAddress? address = null)
    {
        _address = address ?? new IPAddress([10, 77, 0, 15]);
        _docker = address is null ? new TcpListener(IPAddress.Loopback, 0) : new TcpListener(address, PlainPort);
        _state = stateDirectory;
        _machines = Path.Combine(stateDirectory, "vms");
        _docker.Start();
        _playing = Task.WhenAll(ServeDockerAsync(), PlayGuestsAsync());
    }

    /// <summary>Where the Docker API answers.</summary>
    public string Address => _docker.LocalEndpoint.ToString()!;

    /// <summary>Whether the Docker API hangs up on everybody.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Where on its datastore the endpoint stores its images.</summary>
    public string ImageFolder { get; set; } = EngineLab.ImageFolder;

    /// <summary>Leaves a machine's guest to somebody else.</summary>
    /// <param name="socket">Where the machine takes guest RPC.</param>
    public async Task LeaveAsync(string socket)
    {
        _left[socket] = true;
        if (_guests.TryGetValue(socket, out var guest))
        {
            await guest.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _playing;
        foreach (var guest in _guests.Values)
        {
            guest.Dispose();
        }

        _docker.Dispose();
        _stop.Dispose();
    }

    private async Task ServeDockerAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _docker.AcceptTcpClientAsync(_stop.Token);
                if (IsSilent || !_hasStored)
                {
                    continue;
                }

                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[8192], _stop.Token);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray(), _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The test is over, or the client has hung up.
            }
        }
    }

    private async Task PlayGuestsAsync()
    {
        var playing = new Dictionary<string, Task>();
        while (!_stop.IsCancellationRequested)
        {
            var sockets = Directory.Exists(_machines) ? Directory.EnumerateFiles(_machines, "guestrpc.sock", SearchOption.AllDirectories) : [];
            foreach (var socket in sockets.Where(socket => !_left.ContainsKey(socket)).Where(socket => !playing.TryGetValue(socket, out var guest) || guest.IsCompleted).ToList())
            {
                playing[socket] = PlayToTheEndAsync(socket);
            }

            await Task.Delay(LookAgain, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(playing.Values);
    }

    private async Task PlayToTheEndAsync(string path)
    {
        try
        {
            await PlayGuestAsync(path);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The test is over, or the machine was powered off.
        }
    }

    private async Task PlayGuestAsync(string path)
    {
        var guest = _guests.GetOrAdd(path, _ => CancellationTokenSource.CreateLinkedTokenSource(_stop.Token));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), guest.Token);
        await using var stream = new NetworkStream(socket);
        StoreImage();
        _hasStored = true;
        await SetAsync(stream, GuestInfoNames.AssignedAddress(GuestInfoKey.Appliance, "client"), Convert.ToBase64String(_address.GetAddressBytes()));
        foreach (var service in await ServicesAsync(stream))
        {
            await SetAsync(stream, GuestInfoNames.SessionStarted(GuestInfoKey.Appliance, service), "true");
        }

        var rest = new byte[4096];
        while (await stream.ReadAsync(rest, guest.Token) > 0)
        {
            // The host's answers; they end with the machine.
        }
    }

    private void StoreImage()
    {
        if (Directory.EnumerateFiles(_state, $"{EngineLab.VchName}.vmx", SearchOption.AllDirectories).FirstOrDefault() is not { } vmx)
        {
            return;
        }

        var uuid = File.ReadLines(vmx).First(line => line.StartsWith("uuid.bios", StringComparison.Ordinal)).Split('"')[1];
        if (!_stored.Add(uuid))
        {
            // A container's guest: the endpoint stores its image once, or it would come back while the VCH is removed.
            return;
        }

        var datastore = Path.GetDirectoryName(Path.GetDirectoryName(vmx))!;
        var layer = Directory.CreateDirectory(Path.Combine(datastore, ImageFolder, "VIC", uuid, "images", "layer"));
        File.WriteAllText(Path.Combine(layer.FullName, "manifest"), "a layer");
    }

    /// <summary>The services that PID 1 of the machine is to run; a container's has none.</summary>
    private async Task<IReadOnlyList<string>> ServicesAsync(Stream stream)
    {
        var key = GuestInfoKey.Appliance.Child("sessions", GuestInfoScope.ReadOnly).Name;
        await SendAsync(stream, $"info-get {key}");

        // The answer to the setting before comes first, and the host may greet in between.
        var answers = new List<string>();
        while (answers.Count < 2)
        {
            var header = new byte[HeaderLength];
            await stream.ReadExactlyAsync(header, _stop.Token);
            var text = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
            await stream.ReadExactlyAsync(text, _stop.Token);
            if (header[4] == Request)
            {
                answers.Add(Encoding.UTF8.GetString(text));
            }
        }

        return answers[1].StartsWith("1 ", StringComparison.Ordinal)
            ? GuestInfoNames.SessionsIn(new Dictionary<string, string> { [key] = answers[1][2..] }, GuestInfoKey.Appliance)
            : [];
    }

    private Task SetAsync(Stream stream, string key, string value) => SendAsync(stream, $"info-set {key} {value}");

    private async Task SendAsync(Stream stream, string command)
    {
        var request = Encoding.UTF8.GetBytes(command);
        var frame = new byte[HeaderLength + request.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, request.Length);
        frame[4] = Request;
        request.CopyTo(frame, HeaderLength);
        await stream.WriteAsync(frame, _stop.Token);
    }
}
