using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Vic.Endpoint.Syslog;
using Vic.Testing.Networking;

namespace Vic.Endpoint.Tests.Syslog;

/// <summary>The endpoint's log reaches a server on this computer, whatever the server does meanwhile.</summary>
public sealed class SyslogForwarderTests : IDisposable
{
    private readonly LogQueue _queue = new();
    private readonly LogQueueProvider _provider;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;

    public SyslogForwarderTests()
    {
        _provider = new LogQueueProvider(_queue);
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_provider));
        _log = _loggers.CreateLogger("Part");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _loggers.Dispose();
        _provider.Dispose();
    }

    [Fact]
    public async Task Over_UDP_each_line_is_a_packet_and_those_from_before_the_server_was_known_come_first()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Write(LogLevel.Information, "before");
        await using var forwarder = Start(isTcp: false, server);
        Write(LogLevel.Error, "after", new InvalidOperationException("a reason"));

        Assert.EndsWith(" - - Part: before", await ReceiveAsync(server), StringComparison.Ordinal);
        Assert.Contains("Forwarding the log to udp://127.0.0.1:", await ReceiveAsync(server), StringComparison.Ordinal);
        var last = await ReceiveAsync(server);
        Assert.StartsWith("<27>1 ", last, StringComparison.Ordinal);
        Assert.Contains(" vch vic-endpoint ", last, StringComparison.Ordinal);
        Assert.EndsWith(" - - Part: after System.InvalidOperationException: a reason", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packet_is_no_longer_than_every_server_takes()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Write(LogLevel.Information, new string('x', 5000));
        await using var forwarder = Start(isTcp: false, server);

        Assert.Equal(2048, (await ReceiveAsync(server)).Length);
    }

    [Fact]
    public async Task Over_TCP_each_line_follows_the_number_of_its_bytes()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var forwarder = Start(isTcp: true, server.Server);
        using var connection = await server.AcceptTcpClientAsync(Cancellation);
        Write(LogLevel.Information, "gr\u00fc\u00dfe");
        Write(LogLevel.Information, new string('x', 10_000));

        var stream = connection.GetStream();
        Assert.Contains("Forwarding the log to tcp://127.0.0.1:", await ReceiveAsync(stream), StringComparison.Ordinal);
        Assert.EndsWith(" - - Part: gr\u00fc\u00dfe", await ReceiveAsync(stream), StringComparison.Ordinal);
        Assert.Equal(8192, (await ReceiveAsync(stream)).Length);
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_connected_to_again_and_no_line_is_lost()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var forwarder = Start(isTcp: true, server.Server);
        using var first = await server.AcceptTcpClientAsync(Cancellation);
        var stream = first.GetStream();
        first.Client.Shutdown(SocketShutdown.Send);
        var next = AcceptAsync(server);
        var count = 0;
        while (!next.IsCompleted)
        {
            // No faster than the queue is emptied; the end of the connection is noticed when a line is to be sent.
            Write(LogLevel.Information, $"line {count++}");
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation));
        }

        using var second = await next;
        Write(LogLevel.Information, "the last");
        List<string> received = [.. await ReceiveAllAsync(stream, until: null), .. await ReceiveAllAsync(second.GetStream(), until: "the last")];

        Assert.Contains(received, message => message.Contains("cannot be reached, trying again: the server has closed the connection", StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(0, count).Select(line => $"line {line}"),
            received.Select(message => message.Split("Part: ")[^1]).Where(text => text.StartsWith("line ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_that_comes_late_gets_what_waited_and_is_told_how_much_was_dropped()
    {
        var port = FreePort.Next();
        await using var forwarder = Start(isTcp: true, port);
        for (var line = 0; line < LogQueue.Capacity + 100; line++)
        {
            Write(LogLevel.Information, $"line {line}");
        }

        using var server = new TcpListener(IPAddress.Loopback, port);
        server.Start();
        using var connection = await server.AcceptTcpClientAsync(Cancellation);
        var received = await ReceiveAllAsync(connection.GetStream(), until: $"line {LogQueue.Capacity + 99}");

        Assert.Single(received, message => message.Contains(" lines before this one were dropped while the log server was away", StringComparison.Ordinal));
        Assert.InRange(received.Count(message => message.Contains(" - - Part: line ", StringComparison.Ordinal)), 1, LogQueue.Capacity + 1);
    }

    [Fact]
    public async Task Who_writes_never_waits_and_the_end_does_not_wait_for_a_server_that_takes_nothing()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var forwarder = Start(isTcp: true, server.Server);
        using var connection = await server.AcceptTcpClientAsync(Cancellation);

        // More than the buffers between two sockets and the queue hold together.
        var text = new string('x', 8000);
        for (var line = 0; line < LogQueue.Capacity * 4; line++)
        {
            Write(LogLevel.Information, text);
        }

        await forwarder.DisposeAsync();
    }

    [Fact]
    public async Task The_last_lines_are_sent_before_the_end()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var forwarder = Start(isTcp: true, server.Server);
        Write(LogLevel.Critical, "the end");
        using var connection = await server.AcceptTcpClientAsync(Cancellation);
        await forwarder.DisposeAsync();

        var stream = connection.GetStream();
        await ReceiveAsync(stream);
        Assert.EndsWith("the end", await ReceiveAsync(stream), StringComparison.Ordinal);
        Assert.Null(await TryReceiveAsync(stream));
    }

    [Fact]
    public async Task Without_a_server_nothing_is_kept()
    {
        Write(LogLevel.Information, "before");
        _queue.Discard();
        Write(LogLevel.Information, "after");

        await foreach (var line in _queue.ReadAllAsync(Cancellation))
        {
            Assert.Fail($"'{line.Text}' was kept.");
        }
    }

    private void Write(LogLevel level, string text, Exception? exception = null) => _log.Log(level, default, text, exception, static (state, _) => state);

    private SyslogForwarder Start(bool isTcp, Socket server) => Start(isTcp, ((IPEndPoint)server.LocalEndPoint!).Port);

    private SyslogForwarder Start(bool isTcp, int port)
    {
        var forwarder = new SyslogForwarder(_queue, new SyslogServer(isTcp, "127.0.0.1", port), "vch", _loggers.CreateLogger<SyslogForwarder>());
        forwarder.Start();
        return forwarder;
    }

    private static async Task<TcpClient> AcceptAsync(TcpListener server) => await server.AcceptTcpClientAsync(Cancellation);

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var packet = new byte[65536];
        var length = await socket.ReceiveAsync(packet, Cancellation);
        return Encoding.UTF8.GetString(packet, 0, length);
    }

    private static async Task<List<string>> ReceiveAllAsync(NetworkStream stream, string? until)
    {
        var received = new List<string>();
        while (await TryReceiveAsync(stream) is { } message)
        {
            received.Add(message);
            if (until is not null && message.EndsWith(until, StringComparison.Ordinal))
            {
                break;
            }
        }

        return received;
    }

    private static async Task<string> ReceiveAsync(NetworkStream stream) => await TryReceiveAsync(stream) ?? throw new EndOfStreamException();

    private static async Task<string?> TryReceiveAsync(NetworkStream stream)
    {
        var digits = "";
        var octet = new byte[1];
        while (await stream.ReadAsync(octet, Cancellation) > 0)
        {
            if (octet[0] != ' ')
            {
                digits += (char)octet[0];
                continue;
            }

            var message = new byte[int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(message, Cancellation);
            return Encoding.UTF8.GetString(message);
        }

        return null;
    }
}
