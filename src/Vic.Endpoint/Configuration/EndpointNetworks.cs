using System.Net;
using System.Security.Cryptography;
using System.Text;
using Vic.Configuration;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Configuration;

/// <summary>The endpoint's own networks, as the configuration has them and PID 1 has set them up.</summary>
internal static class EndpointNetworks
{
    private const string ResolverFile = "/etc/resolv.conf";
    private const int DefaultPrefix = 16;

    private static readonly IPAddress DefaultRange = IPAddress.Parse("172.16.0.0");

    /// <summary>The default bridge network of the containers.</summary>
    public static BridgeNetwork Bridge(VirtualContainerHostConfiguration configuration)
    {
        var start = configuration.Network.BridgeRange?.Address.ToIPAddress() ?? DefaultRange;
        var prefix = configuration.Network.BridgeNetworkMask?.PrefixLength ?? DefaultPrefix;
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{configuration.Executor.Id} bridge")));
        return new BridgeNetwork(id, new IPNetwork(start, prefix), NameServers(configuration));
    }

    /// <summary>The address that a role has; null when it is not known.</summary>
    public static IPAddress? AddressOf(VirtualContainerHostConfiguration configuration, string role) =>
        configuration.Executor.Networks.TryGetValue(role, out var network)
            ? network.Assigned?.Address.ToIPAddress() ?? network.Address?.Address.ToIPAddress()
            : null;

    // Containers ask the servers that the endpoint asks: those of the configuration, or those of DHCP.
    private static List<IPAddress> NameServers(VirtualContainerHostConfiguration configuration)
    {
        if (configuration.Executor.Networks.TryGetValue("public", out var network) && network.Network.Nameservers.Count > 0)
        {
            return network.Network.Nameservers.ConvertAll(server => server.ToIPAddress());
        }

        if (!File.Exists(ResolverFile))
        {
            return [];
        }

        return [.. File.ReadLines(ResolverFile)
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["nameserver", _, ..])
            .Select(words => IPAddress.TryParse(words[1], out var server) ? server : null)
            .OfType<IPAddress>()
            .Where(server => !IPAddress.IsLoopback(server))];
    }
}
