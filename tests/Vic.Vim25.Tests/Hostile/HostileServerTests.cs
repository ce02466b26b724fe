using System.IO.Compression;
using System.Text;

namespace Vic.Vim25.Tests.Hostile;

/// <summary>Whatever a server sends, the client ends with a typed error that names the method, and holds no more than it was told to.</summary>
public sealed class HostileServerTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";
    private const string Opening = "<soapenv:Envelope xmlns:soapenv='s'><soapenv:Body><CurrentTimeResponse xmlns='urn:vim25'>";
    private static readonly VimXmlLimits Limits = new(1 << 20, 64 << 10, 50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Bodies => new()
    {
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><CurrentTimeResponse xmlns='urn:vim25'><returnval>&b;</returnval></CurrentTimeResponse>",
        "<CurrentTimeResponse xmlns='urn:vim25'><returnval>tomorrow</returnval></CurrentTimeResponse>",
        "<CurrentTimeResponse xmlns='urn:vim25'><returnval xsi:type='VirtualDisk'><key>1</key></returnval></CurrentTimeResponse>",
        "<CurrentTimeResponse xmlns='urn:vim25'/>",
        "<CurrentTimeResponse xmlns='urn:vim25'>" + new string('x', 10),
        string.Concat(Enumerable.Repeat("<a>", 10_000)),
        "<soapenv:Fault><faultcode>a</faultcode><faultstring>b</faultstring></soapenv:Fault>",
        "<soapenv:Fault><detail>" + string.Concat(Enumerable.Repeat("<f xsi:type='MethodFault'><faultCause><fault>", 1_000)),
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_answer_that_is_no_vim25_is_a_protocol_error_that_names_the_method(string body)
    {
        await using HostileServer server = HostileServer.WithBody(body);
        Assert.Equal("CurrentTime", (await FailAsync<VimProtocolException>(server)).MethodName);
    }

    [Fact]
    public async Task A_fault_within_a_fault_is_read_as_the_outer_one()
    {
        await using HostileServer server = HostileServer.WithBody(
            "<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>outer</faultstring><detail>"
            + "<InvalidStateFault xsi:type='InvalidState'><soapenv:Fault><faultstring>inner</faultstring></soapenv:Fault>"
            + "<faultCause><fault xsi:type='NotAuthenticated'/><localizedMessage>cause</localizedMessage></faultCause></InvalidStateFault></detail></soapenv:Fault>");

        VimFaultException error = await FailAsync<VimFaultException>(server);

        Assert.Equal(("CurrentTime", "outer", "InvalidState"), (error.MethodName, error.FaultText, error.FaultType));
        Assert.IsType<NotAuthenticated>(error.Fault.FaultCause!.Fault);
    }

    [Theory]
    [InlineData("<x></x>")]
    [InlineData("text without an end ")]
    [InlineData("<!-- a comment -->")]
    public async Task An_endless_answer_ends_at_the_limit(string part)
    {
        long sent = 0;
        string block = string.Concat(Enumerable.Repeat(part, 2_000));
        await using var server = new HostileServer(async stream =>
        {
            await HostileServer.SendAsync(stream, Head + "\r\n");
            await SendChunkAsync(stream, Encoding.ASCII.GetBytes(Opening));
            while (true)
            {
                await SendChunkAsync(stream, Encoding.ASCII.GetBytes(block));
                sent += block.Length;
            }
        });

        Assert.Equal("CurrentTime", (await FailAsync<VimProtocolException>(server)).MethodName);
        Assert.InRange(sent, 1, 64 << 20);
    }

    [Fact]
    public async Task A_gzip_bomb_ends_at_the_limit()
    {
        await using HostileServer server = Compressed(Pack(new byte[512 << 20]));
        Assert.Equal("CurrentTime", (await FailAsync<VimProtocolException>(server)).MethodName);
    }

    [Fact]
    public async Task A_truncated_or_damaged_gzip_is_a_protocol_error()
    {
        byte[] packed = Pack(Wire.Xml.Envelope("<CurrentTimeResponse xmlns='urn:vim25'><returnval>2024-01-01T00:00:00Z</returnval></CurrentTimeResponse>"));
        await using HostileServer whole = Compressed(packed);
        using VimClient client = await ConnectAsync(whole);
        Assert.Equal(2024, (await CallAsync(client)).Year);

        await using HostileServer truncated = Compressed(packed[..^30]);
        Assert.Equal("CurrentTime", (await FailAsync<VimProtocolException>(truncated)).MethodName);
        await using HostileServer damaged = Compressed([.. packed[..20], .. new byte[40], .. packed[60..]]);
        Assert.Equal("CurrentTime", (await FailAsync<VimProtocolException>(damaged)).MethodName);
    }

    [Fact]
    public async Task An_answer_that_drips_ends_with_the_calls_time()
    {
        await using var server = new HostileServer(async stream =>
        {
            await HostileServer.SendAsync(stream, Head + "\r\n");
            while (true)
            {
                await SendChunkAsync(stream, " "u8.ToArray());
                await Task.Delay(10, Token);
            }
        });

        Assert.Equal("CurrentTime", (await FailAsync<VimConnectionException>(server, TimeSpan.FromMilliseconds(500))).MethodName);
    }

    [Fact]
    public async Task A_large_answer_that_stops_half_way_ends_with_the_calls_time()
    {
        await using var server = new HostileServer(async stream =>
        {
            await HostileServer.SendAsync(stream, Head + "\r\n");
            for (int part = 0; part < 100; part++)
            {
                await SendChunkAsync(stream, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<!-- a comment -->", 2_000))));
            }

            await stream.ReadExactlyAsync(new byte[1]);
        });

        Assert.Equal("CurrentTime", (await FailAsync<VimConnectionException>(server, TimeSpan.FromSeconds(1), VimXmlLimits.Response)).MethodName);
    }

    [Fact]
    public async Task Endless_headers_are_a_connection_error_that_names_the_method()
    {
        await using var server = new HostileServer(async stream =>
        {
            await HostileServer.SendAsync(stream, "HTTP/1.1 200 OK\r\n");
            while (true)
            {
                await HostileServer.SendAsync(stream, $"X-More: {new string('x', 1000)}\r\n");
            }
        });

        Assert.Equal("CurrentTime", (await FailAsync<VimConnectionException>(server)).MethodName);
    }

    [Fact]
    public async Task A_redirection_is_not_followed_so_the_session_goes_nowhere_else()
    {
        bool wasAsked = false;
        await using var elsewhere = new HostileServer(_ =>
        {
            wasAsked = true;
            return Task.CompletedTask;
        });
        await using var server = new HostileServer(stream =>
            HostileServer.SendAsync(stream, $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(307, (await FailAsync<VimConnectionException>(server)).StatusCode);
        Assert.False(wasAsked);
    }

    private static async Task<TError> FailAsync<TError>(HostileServer server, TimeSpan? callTimeout = null, VimXmlLimits? limits = null)
        where TError : VimException
    {
        using VimClient client = await ConnectAsync(server, callTimeout, limits);
        return await Assert.ThrowsAsync<TError>(() => CallAsync(client));
    }

    private static Task<VimClient> ConnectAsync(HostileServer server, TimeSpan? callTimeout = null, VimXmlLimits? limits = null) =>
        VimClient.ConnectAsync(
            new VimClientOptions(server.Address)
            {
                AcceptCompression = true,
                CallTimeout = callTimeout ?? TimeSpan.FromMinutes(1),
                ResponseLimits = limits ?? Limits,
            },
            Token);

    private static Task<DateTime> CallAsync(VimClient client) => new ServiceInstance(client, new("ServiceInstance", "ServiceInstance")).CurrentTimeAsync(Token);

    private static HostileServer Compressed(byte[] packed) => new(async stream =>
    {
        await HostileServer.SendAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(packed);
    });

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task SendChunkAsync(Stream stream, byte[] bytes)
    {
        await HostileServer.SendAsync(stream, $"{bytes.Length:x}\r\n");
        await stream.WriteAsync(bytes);
        await HostileServer.SendAsync(stream, "\r\n");
    }
}
