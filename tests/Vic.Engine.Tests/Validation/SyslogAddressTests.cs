using Vic.Engine.Validation;

namespace Vic.Engine.Tests.Validation;

/// <summary>The address of a log server as an administrator writes it, as the endpoint reads it, and as it is exported.</summary>
public sealed class SyslogAddressTests
{
    [Theory]
    [InlineData("udp://logs.example.org", "udp", "logs.example.org:514")]
    [InlineData("TCP://logs.example.org:6514", "tcp", "logs.example.org:6514")]
    [InlineData("tcp://192.0.2.1", "tcp", "192.0.2.1:514")]
    [InlineData("udp://[2001:db8::1]", "udp", "[2001:db8::1]:514")]
    [InlineData("udp://2001:db8::1", "udp", "[2001:db8::1]:514")]
    [InlineData("tcp://[2001:db8::1]:601", "tcp", "[2001:db8::1]:601")]
    public void An_address_is_a_transport_a_host_and_a_port_which_is_514_when_none_is_named(string text, string network, string address)
    {
        var checks = new CheckList();

        var server = SyslogAddress.Read(text, checks);

        Assert.Empty(checks.Checks);
        Assert.Equal((network, address), (server!.Network, server.Address));
        Assert.Equal($"{network}://{address}", SyslogAddress.Describe(server));
        Assert.Equal(address, SyslogAddress.Read(SyslogAddress.Describe(server), checks)!.Address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_address_is_no_server(string? text)
    {
        var checks = new CheckList();

        Assert.Null(SyslogAddress.Read(text, checks));
        Assert.Empty(checks.Checks);
        Assert.Equal("", SyslogAddress.Describe(null));
    }

    [Theory]
    [InlineData("udp://")]
    [InlineData("udp://logs.example.org:0")]
    [InlineData("udp://logs.example.org:65536")]
    [InlineData("udp:logs.example.org")]
    [InlineData("http://logs.example.org")]
    [InlineData("udp://two words")]
    public void What_is_no_address_is_refused_and_shown(string text)
    {
        var checks = new CheckList();

        Assert.Null(SyslogAddress.Read(text, checks));
        Assert.Contains($"'{text}'", Assert.Single(checks.Checks).Message, StringComparison.Ordinal);
    }
}
