using System.Net.Sockets;
using System.Text;
using Vic.Lab.GuestRpc;

namespace Vic.Lab.Tests.GuestRpc;

/// <summary>The guest's side of guest RPC, played by a test.</summary>
internal sealed class ScriptedGuest : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public GuestRpcFrames Frames { get; private set; } = null!;

    public List<string> Commands { get; } = [];

    /// <summary>Answers a command of the host.</summary>
    public Func<byte[], byte[]> OnCommand { get; set; } = static _ => "OK "u8.ToArray();

    public static async Task<ScriptedGuest> ConnectAsync(string path)
    {
        var guest = new ScriptedGuest();
        await guest._socket.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
        guest.Frames = new GuestRpcFrames(new NetworkStream(guest._socket));
        return guest;
    }

    /// <summary>Asks the host, and answers its commands meanwhile.</summary>
    public async Task<string> AskAsync(string request)
    {
        await Frames.WriteAsync(GuestRpcChannel.Rpci, Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        while (true)
        {
            var (channel, payload) = await ReadAsync();
            if (channel == GuestRpcChannel.Rpci)
            {
                return Encoding.UTF8.GetString(payload);
            }
        }
    }

    /// <summary>Answers commands until the host goes away.</summary>
    public async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await ReadAsync();
            }
        }
        catch (Exception exception) when (exception is EndOfStreamException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The machine was powered off, or the test is over.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<(GuestRpcChannel Channel, byte[] Payload)> ReadAsync()
    {
        var message = await Frames.ReadAsync(TestContext.Current.CancellationToken) ?? throw new EndOfStreamException();
        if (message.Channel == GuestRpcChannel.Tclo)
        {
            Commands.Add(Encoding.Latin1.GetString(message.Payload));
            await Frames.WriteAsync(GuestRpcChannel.Tclo, OnCommand(message.Payload), TestContext.Current.CancellationToken);
        }

        return message;
    }
}
