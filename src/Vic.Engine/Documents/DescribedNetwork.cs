using Vic.Configuration;
using Vic.Engine.Requests;

namespace Vic.Engine.Documents;

/// <summary>A container network in the words of a request.</summary>
internal static class DescribedNetwork
{
    public static ContainerNetworkRequest Describe(ContainerNetwork network, string portGroup) => new()
    {
        Network = InventorySelector.ByName(portGroup),
        Alias = network.Name == portGroup ? null : network.Name,
        Gateway = network.Gateway?.ToString(),
        IPRanges = network.Pools.Select(pool => $"{pool.First}-{pool.Last}").ToList(),
        DnsServers = network.Nameservers.ConvertAll(server => server.ToString()),
        Firewall = network.TrustLevel == TrustLevel.Unspecified ? null : network.TrustLevel.ToString(),
    };
}
