using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Machines.VSphere;

namespace Vic.Endpoint.Tests.Machines;

public sealed class SessionRoutesTests
{
    private const string Network = "172.16.0.1:2379";
    private const string Proxy = "telnet://10.77.0.15:2377";

    [Fact]
    public void A_container_on_the_bridge_network_connects_over_it()
    {
        var routes = new SessionRoutes(Network, Proxy);

        Assert.Equal((Network, null), (routes.AddressFor(Container("default")), routes.SerialProxyFor(Container("default"))));
    }

    [Fact]
    public void A_container_without_a_network_speaks_through_its_serial_port()
    {
        var routes = new SessionRoutes(Network, Proxy);

        Assert.Equal(("", Proxy), (routes.AddressFor(Container("none")), routes.SerialProxyFor(Container("none"))));
    }

    [Fact]
    public void A_host_set_to_serial_ports_uses_them_for_every_container()
    {
        var routes = new SessionRoutes("", Proxy);

        Assert.Equal(("", Proxy), (routes.AddressFor(Container("default")), routes.SerialProxyFor(Container("default"))));
    }

    [Fact]
    public void A_container_that_could_not_be_reached_is_refused_at_once()
    {
        var routes = new SessionRoutes(Network, SerialProxy: "");

        var refusal = Assert.Throws<EngineException>(() => routes.SerialProxyFor(Container("none")));

        Assert.Contains("management network", refusal.Message, StringComparison.Ordinal);
    }

    private static ContainerRecord Container(string network) => new()
    {
        Id = new string('a', 64),
        Name = "a",
        Created = DateTimeOffset.UnixEpoch,
        ImageId = "",
        LayerId = "",
        Config = new ContainerConfig(),
        HostConfig = new HostConfig { NetworkMode = network },
        Processors = 1,
        MemoryMegabytes = 512,
    };
}
