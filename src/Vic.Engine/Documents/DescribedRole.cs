using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Documents;

/// <summary>One role of an endpoint on a network, in the words of a request.</summary>
/// <param name="Network">The port group; null when it is not known.</param>
/// <param name="NetworkName">Its name.</param>
/// <param name="Address">The static address as CIDR; null for DHCP.</param>
/// <param name="Gateway">The gateway, after the networks it leads to; null without one.</param>
internal sealed record DescribedRole(ManagedObjectReference? Network, string? NetworkName, string? Address, string? Gateway)
{
    /// <summary>What has to be asked for beside the next wider role; what it shares with that comes by itself.</summary>
    public EndpointNetworkRequest Beside(DescribedRole? wider)
    {
        var isShared = wider is not null && wider.Network == Network;
        var hasOwnAddress = !isShared || Address != wider!.Address;
        return new EndpointNetworkRequest
        {
            Network = isShared || NetworkName is null ? null : InventorySelector.ByName(NetworkName),
            Address = hasOwnAddress ? Address : null,
            Gateway = hasOwnAddress ? Gateway : null,
        };
    }

    /// <summary>Public, client and management as a request asks for them.</summary>
    public static IReadOnlyList<EndpointNetworkRequest> Describe(IEnumerable<EndpointRole> roles, InventoryNames names)
    {
        var described = roles.Select(role => new DescribedRole(
            role.Network.Reference,
            names.Of(role.Network),
            role.Address?.Address.ToString(),
            GatewayText(role.Address?.Gateway?.ToString(), role.Address?.Destinations.Select(network => network.ToString()) ?? []))).ToList();
        return described.Select((role, index) => role.Beside(index == 0 ? null : described[index - 1])).ToList();
    }

    public static string? GatewayText(string? gateway, IEnumerable<string> destinations)
    {
        var networks = string.Join(",", destinations);
        return gateway is null || networks.Length == 0 ? gateway : $"{networks}:{gateway}";
    }
}
