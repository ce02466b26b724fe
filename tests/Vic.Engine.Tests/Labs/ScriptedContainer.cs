using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Vic.Configuration;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>
/// Plays the guest of one container VM in a lab without guests: its tools run, and when it is asked to shut down it reads how long it has, and ends.
/// </summary>
internal sealed class ScriptedContainer : IAsyncDisposable
{
    private const int HeaderLength = 5;
    private const byte Request = (byte)'R';
    private const byte Command = (byte)'T';

    private readonly VimClient _client;
    private readonly ManagedObjectReference _machine;
    private readonly bool _ends;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _playing;

    private ScriptedContainer(VimClient client, ManagedObjectReference machine, string path, bool ends)
    {
        _client = client;
        _machine = machine;
        _ends = ends;
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _playing = PlayAsync();
    }

    /// <summary>The grace that the guest found when it was asked to shut down; null before.</summary>
    public string? Grace { get; private set; }

    /// <summary>Plays the guest of a machine that is on.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="ends">Whether its process ends when it is asked to.</param>
    public static async Task<ScriptedContainer> StartAsync(EngineLab lab, ManagedObjectReference machine, bool ends = true)
    {
        var client = await lab.ConnectAsync();
        var socket = Path.Combine(lab.Facts.StateDirectory, "vms", machine.Value, "guestrpc.sock");
        await lab.Endpoint.LeaveAsync(socket);
        var guest = new ScriptedContainer(client, machine, socket, ends);
        var watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForObjects([machine], ["guest.toolsRunningStatus"]), Token);
        while (!(await watch.NextAsync(Token)).SelectMany(update => update.ChangeSet ?? []).Any(change => change.Val is "guestToolsRunning"))
        {
            // The tools run once the guest has answered the host's greeting.
        }

        await watch.CloseAsync();
        return guest;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _playing;
        _client.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task PlayAsync()
    {
        try
        {
            await using var stream = new NetworkStream(_socket);
            await SendAsync(stream, Request, "log the guest is there");
            while (await ReadAsync(stream) is var (channel, text))
            {
                if (channel == Command)
                {
                    await SendAsync(stream, Command, "OK ");
                    if (text == "OS_Halt")
                    {
                        await SendAsync(stream, Request, $"info-get {GuestInfoNames.ShutdownGrace}");
                    }
                }
                else if (text.StartsWith("1 ", StringComparison.Ordinal) && text.Length > 2)
                {
                    Grace = text[2..];
                    if (_ends)
                    {
                        await new VirtualMachine(_client, _machine).PowerOffVMTaskAsync(CancellationToken.None);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            // The machine went off.
        }
    }

    private static async Task<(byte Channel, string Text)?> ReadAsync(Stream stream)
    {
        var header = new byte[HeaderLength];
        if (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return null;
        }

        var payload = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
        await stream.ReadExactlyAsync(payload);
        return (header[4], Encoding.UTF8.GetString(payload));
    }

    private static async Task SendAsync(Stream stream, byte channel, string text)
    {
        var frame = new byte[HeaderLength + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderLength);
        frame[4] = channel;
        Encoding.UTF8.GetBytes(text, frame.AsSpan(HeaderLength));
        await stream.WriteAsync(frame);
    }
}
