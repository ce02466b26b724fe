using Vic.Configuration;
using Vic.Endpoint.Syslog;

namespace Vic.Endpoint.Tests.Syslog;

/// <summary>What a configuration says about its log server.</summary>
public sealed class SyslogServerTests
{
    [Theory]
    [InlineData("udp", "logs.example.org:514", false, "logs.example.org", 514, "udp://logs.example.org:514")]
    [InlineData("tcp", "192.0.2.1:6514", true, "192.0.2.1", 6514, "tcp://192.0.2.1:6514")]
    [InlineData("tcp", "[2001:db8::1]:514", true, "2001:db8::1", 514, "tcp://[2001:db8::1]:514")]
    public void A_server_is_a_transport_a_host_and_a_port(string network, string address, bool isTcp, string host, int port, string shown)
    {
        var server = SyslogServer.Parse(new SyslogConfiguration { Network = network, Address = address });

        Assert.Equal(new SyslogServer(isTcp, host, port), server);
        Assert.Equal(shown, server.ToString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("tls", "logs.example.org:514")]
    [InlineData("udp", "logs.example.org")]
    [InlineData("udp", ":514")]
    [InlineData("udp", "logs.example.org:70000")]
    [InlineData("udp", "[]:514")]
    public void Anything_else_is_refused(string network, string address) =>
        Assert.Throws<FormatException>(() => SyslogServer.Parse(new SyslogConfiguration { Network = network, Address = address }));
}
