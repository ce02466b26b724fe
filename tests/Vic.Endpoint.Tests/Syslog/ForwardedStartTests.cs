using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Vic.Configuration;
using Vic.Endpoint.Configuration;
using Vic.Endpoint.Hosting;
using Vic.Endpoint.Syslog;
using Vic.Testing.Files;

namespace Vic.Endpoint.Tests.Syslog;

/// <summary>An endpoint tells the log server of its configuration about its start, also about one that fails.</summary>
public sealed class ForwardedStartTests
{
    private const string Password = "a password of the endpoint";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_that_fails_is_told_to_the_server_from_its_first_step_to_the_reason_without_the_password()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await StartAsync(new SyslogConfiguration { Network = "udp", Address = server.LocalEndPoint!.ToString()! });

        var received = new List<string>();
        var packet = new byte[65536];
        while (received.Count == 0 || !received[^1].Contains("Cannot ", StringComparison.Ordinal))
        {
            received.Add(Encoding.UTF8.GetString(packet, 0, await server.ReceiveAsync(packet, Cancellation)));
        }

        Assert.EndsWith("EndpointService: Starting: read the configuration", received[0], StringComparison.Ordinal);
        Assert.StartsWith("<26>1 ", received[^1], StringComparison.Ordinal);
        Assert.Contains(" my-vch vic-endpoint ", received[^1], StringComparison.Ordinal);
        Assert.Contains("EndpointService: Cannot log in to vSphere at https://127.0.0.1:1/sdk: ", received[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(received, message => message.Contains(Password, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("udp", "no address")]
    [InlineData("", "")]
    public async Task A_server_that_cannot_be_meant_is_no_reason_not_to_start(string network, string address)
    {
        var failure = await StartAsync(new SyslogConfiguration { Network = network, Address = address });

        Assert.StartsWith("cannot log in to vSphere", failure.Message, StringComparison.Ordinal);
    }

    // Nothing answers where its vSphere should be.
    private static async Task<StartException> StartAsync(SyslogConfiguration syslog)
    {
        using var folder = new TemporaryFolder();
        var configuration = new VirtualContainerHostConfiguration();
        configuration.Executor.HostName = "my-vch";
        configuration.Executor.Diagnostics.Syslog = syslog;
        configuration.Connection.Target = "https://127.0.0.1:1/sdk";
        configuration.Connection.UserName = "endpoint@vsphere.local";
        configuration.Connection.Token = Password;
        await File.WriteAllLinesAsync(
            folder["configuration"], GuestInfoSet.Of(configuration, SecretKey.Generate()).Select(pair => $"{pair.Key}={pair.Value}"), Cancellation);
        var lines = new LogQueue();
        using var provider = new LogQueueProvider(lines);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(provider));
        var service = new EndpointService(EndpointOptions.Parse(["--config-file", folder["configuration"]]), loggers, new LogVerbosity(), lines);

        return await Assert.ThrowsAsync<StartException>(() => service.RunAsync(Cancellation));
    }
}
