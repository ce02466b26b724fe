using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Vspc;

namespace Vic.Guest.Tests.Sessions.Vspc;

public sealed class VspcTests : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly TaskCompletionSource<(Guid Uuid, Stream Stream)> offered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public VspcTests()
    {
        listener.Start();
        _ = new VspcServer((uuid, stream) => offered.TrySetResult((uuid, stream))).AcceptAsync(listener, ending.Token);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        ending.Cancel();
        listener.Stop();
        ending.Dispose();
    }

    [Fact]
    public async Task A_machines_port_is_known_by_its_UUID_and_carries_every_byte()
    {
        using var host = Connect();
        var (uuid, serial) = await IntroduceAsync(host);
        Assert.Equal(new Guid("502a5db1-3f00-1122-3344-5566778899aa"), uuid);

        await serial.WriteAsync(new byte[] { 1, 255, 2 }, Cancellation);
        await ExpectAsync(host, [1, 255, 255, 2]);
        await host.GetStream().WriteAsync(new byte[] { 7, 255, 255, 255, 241, 8 }, Cancellation);
        var received = new byte[3];
        await serial.ReadExactlyAsync(received, Cancellation);
        Assert.Equal(new byte[] { 7, 255, 8 }, received);

        host.Dispose();
        Assert.Equal(0, await serial.ReadAsync(received, Cancellation));
    }

    [Fact]
    public async Task A_proxy_is_promised_and_an_unknown_suboption_is_named()
    {
        using var host = Connect();
        await SendAsync(host, 70, "C telnet://10.0.0.1:2377"u8.ToArray());
        await ExpectAsync(host, [255, 250, 232, 71, 255, 240]);
        await SendAsync(host, 99, [1]);
        await ExpectAsync(host, [255, 250, 232, 3, 99, 255, 240]);
    }

    [Fact]
    public async Task A_move_to_another_host_goes_on_in_the_same_stream()
    {
        using var source = Connect();
        var (_, serial) = await IntroduceAsync(source);
        await SendAsync(source, 40, [9, 9]);
        var cookie = await ReadSuboptionAsync(source, 41);
        Assert.Equal(new byte[] { 9, 9 }, cookie[..2]);

        using var destination = Connect();
        await SendAsync(destination, 44, cookie);
        Assert.Equal(new byte[] { 9, 9 }, await ReadSuboptionAsync(destination, 45));
        var writing = serial.WriteAsync("after"u8.ToArray(), Cancellation).AsTask();
        Assert.False(writing.IsCompleted);
        await SendAsync(destination, 46, cookie);
        await writing;
        await ExpectAsync(destination, "after"u8.ToArray());
        source.Dispose();
        await destination.GetStream().WriteAsync("!"u8.ToArray(), Cancellation);
        Assert.Equal(1, await serial.ReadAsync(new byte[8], Cancellation));
    }

    [Fact]
    public async Task A_move_that_is_given_up_leaves_the_stream_where_it_was()
    {
        using var source = Connect();
        var (_, serial) = await IntroduceAsync(source);
        await SendAsync(source, 40, [1]);
        var cookie = await ReadSuboptionAsync(source, 41);
        await SendAsync(source, 48, cookie);
        await serial.WriteAsync("here"u8.ToArray(), Cancellation);
        await ExpectAsync(source, "here"u8.ToArray());
    }

    [Fact]
    public void The_decoder_takes_any_bytes_in_any_pieces()
    {
        var piece = Gen.OneOf(Gen.Byte, Gen.Int[240, 255].Select(value => (byte)value));
        Gen.Select(piece.Array[0, 300], Gen.Int[1, 300]).Sample(
            (bytes, cut) =>
            {
                cut = Math.Min(cut, bytes.Length);
                var whole = Decode(new TelnetDecoder(), bytes);
                var decoder = new TelnetDecoder();
                var (first, second) = (Decode(decoder, bytes[..cut]), Decode(decoder, bytes[cut..]));
                Assert.Equal(whole, (first.Events + second.Events, first.Data + second.Data));
            },
            seed: "0000Telnet01",
            iter: 5000);
    }

    [Fact]
    public void An_endless_subnegotiation_is_an_error()
    {
        var decoder = new TelnetDecoder();
        byte[] endless = [255, 250, .. new byte[5000]];
        Assert.Throws<SessionProtocolException>(() => Decode(decoder, endless));
    }

    private static (string Events, string Data) Decode(TelnetDecoder decoder, byte[] bytes)
    {
        var events = new StringBuilder();
        var data = (byte[])bytes.Clone();
        var count = decoder.Decode(data, (verb, option) => events.Append($"[{verb} {option}]"), sub => events.Append(Convert.ToHexString(sub)));
        return (Events: events.ToString(), Data: Convert.ToHexString(data, 0, count));
    }

    private static Task SendAsync(TcpClient host, byte suboption, byte[] content) => host.GetStream().WriteAsync(
        (byte[])[255, 250, 232, suboption, .. content.SelectMany(value => value == 255 ? new byte[] { 255, 255 } : [value]), 255, 240], Cancellation).AsTask();

    /// <summary>Reads until the bytes expected come by.</summary>
    private static async Task ExpectAsync(TcpClient host, byte[] expected)
    {
        var seen = new List<byte>();
        var one = new byte[1];
        while (seen.Count < expected.Length || !seen.TakeLast(expected.Length).SequenceEqual(expected))
        {
            await host.GetStream().ReadExactlyAsync(one, Cancellation);
            seen.Add(one[0]);
        }
    }

    private static async Task<byte[]> ReadSuboptionAsync(TcpClient host, byte suboption)
    {
        await ExpectAsync(host, [255, 250, 232, suboption]);
        byte[]? content = null;
        var decoder = new TelnetDecoder();
        decoder.Decode(new byte[] { 255, 250 }, (_, _) => { }, _ => { });
        var one = new byte[1];
        while (content is null)
        {
            await host.GetStream().ReadExactlyAsync(one, Cancellation);
            decoder.Decode(one, (_, _) => { }, sub => content = sub);
        }

        return content;
    }

    private TcpClient Connect()
    {
        var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        return client;
    }

    private async Task<(Guid Uuid, Stream Stream)> IntroduceAsync(TcpClient host)
    {
        await SendAsync(host, 0, [0, 1, 40, 70, 80, 81]);
        await ExpectAsync(host, [255, 250, 232, 81, 255, 240]);
        await SendAsync(host, 80, "50 2a 5d b1 3f 00 11 22-33 44 55 66 77 88 99 aa"u8.ToArray());
        return await offered.Task.WaitAsync(Cancellation);
    }
}
