using System.Net.Sockets;
using System.Text;
using Vic.Lab.Machines.Qmp;
using Vic.Lab.Machines.Sockets;
using Vic.Testing.Files;

namespace Vic.Lab.Tests.Machines.Qmp;

public sealed class QmpClientTests : IDisposable
{
    private const string Greeting = "{\"QMP\":{\"version\":{},\"capabilities\":[]}}\n";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_find_their_commands_and_events_come_in_between()
    {
        var (near, far) = await ConnectAsync();
        var events = new List<string>();
        var connecting = QmpClient.ConnectAsync(near, received => events.Add(received.Name), Cancellation);
        await GreetAsync(far);
        await using var client = await connecting;
        var first = client.ExecuteAsync("first", null, Cancellation);
        var second = client.ExecuteAsync("second", null, Cancellation);
        await SendAsync(far, "{\"event\":\"STOP\",\"data\":{}}\r\n{\"return\":\"b\",\"id\":3}\n{\"event\":\"RESUME\"}\n{\"return\":\"a\",\"id\":2}\n");
        Assert.Equal(("a", "b"), ((await first).GetString(), (await second).GetString()));
        Assert.Equal(["STOP", "RESUME"], events);
    }

    [Fact]
    public async Task A_refusal_has_its_class_and_text_and_a_lost_connection_ends_what_waits()
    {
        var (near, far) = await ConnectAsync();
        var connecting = QmpClient.ConnectAsync(near, static _ => { }, Cancellation);
        await GreetAsync(far);
        await using var client = await connecting;
        var refused = client.ExecuteAsync("x", null, Cancellation);
        await SendAsync(far, "{\"error\":{\"class\":\"GenericError\",\"desc\":\"no\"},\"id\":2}\n");
        Assert.Equal("GenericError", (await Assert.ThrowsAsync<QmpException>(() => refused)).ErrorClass);
        var waiting = client.ExecuteAsync("y", null, Cancellation);
        await far.DisposeAsync();
        Assert.Equal(QmpException.ConnectionLost, (await Assert.ThrowsAsync<QmpException>(() => waiting)).ErrorClass);
        await Assert.ThrowsAsync<QmpException>(() => client.ExecuteAsync("z", null, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\n")]
    [InlineData("[]\n")]
    [InlineData("{\"QMP\":1}\n{\"id\":1")]
    [InlineData("{\"QMP\":1}\n[1]\n\"x\"\n{\"id\":{}}\n{\"event\":1}\nnonsense\n")]
    public async Task A_peer_that_speaks_something_else_is_no_QEMU(string bytes)
    {
        var (near, far) = await ConnectAsync();
        await SendAsync(far, bytes);
        await far.DisposeAsync();
        await Assert.ThrowsAsync<QmpException>(() => QmpClient.ConnectAsync(near, static _ => { }, Cancellation));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Answers the command that opens every session, after it has come.</summary>
    private static async Task GreetAsync(Stream far)
    {
        await SendAsync(far, Greeting);
        using var reader = new StreamReader(far, leaveOpen: true);
        Assert.Contains("qmp_capabilities", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        await SendAsync(far, "{\"return\":{},\"id\":1}\n");
    }

    private static async Task SendAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);

    private async Task<(Stream Near, Stream Far)> ConnectAsync()
    {
        using var listener = new UnixListener(_folder[Guid.NewGuid().ToString("N")[..8]]);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(listener.Path), Cancellation);
        return (await listener.AcceptAsync(Cancellation), new NetworkStream(socket, ownsSocket: true));
    }
}
