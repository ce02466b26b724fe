using Vic.Configuration;
using Vic.Engine.Inspection;

namespace Vic.Engine.Containers;

/// <summary>
/// Gives a container that is started without its endpoint a place on the bridge network. An endpoint that runs gives addresses from the bottom
/// of the network, so these come from its top; where both have given the same one, the endpoint starts the container anew.
/// </summary>
internal static class BridgeAddressing
{
    /// <summary>The places by network that the container's next run is to have; null when those of its last run will do.</summary>
    /// <exception cref="VicException">Every address of the network is in use.</exception>
    public static IReadOnlyDictionary<string, NetworkEndpoint>? ForNextRun(
        ContainerVmInfo container, IEnumerable<ContainerVmInfo> others, bool hasCard)
    {
        // The reference system's containers have several networks, and keep their addresses while they are off.
        if (!hasCard || !container.HasSession || container.Host is not { Configuration: var configuration })
        {
            return null;
        }

        var taken = new HashSet<uint>(others.Where(other => other.PowerState != "PoweredOff").SelectMany(AddressesOf).Select(BridgeSubnet.ToNumber));
        container.Networks.TryGetValue(BridgePlace.NetworkName, out var last);
        if (last?.Address is { } own && !taken.Contains(BridgeSubnet.ToNumber(own.Address)))
        {
            return null;
        }

        var subnet = BridgeSubnet.Of(configuration.Network);
        var address = subnet.Hosts().FirstOrDefault(host => !taken.Contains(host));
        if (address == 0)
        {
            throw new VicException("NoAddress", VicErrorKind.Busy, $"Every address of the bridge network {subnet} is in use.")
            {
                RecommendedAction = "Stop containers that are not needed, or deploy the VCH with a wider -BridgeNetworkRange.",
                Target = container.Name,
            };
        }

        var nameservers = last is { Network.Nameservers.Count: > 0 } ? last.Network.Nameservers : NameserversOf(configuration.Executor);
        return new Dictionary<string, NetworkEndpoint>
        {
            [BridgePlace.NetworkName] = BridgePlace.Describe(subnet.Place(address), subnet.Place(subnet.Gateway), nameservers),
        };
    }

    private static IEnumerable<GuestAddress> AddressesOf(ContainerVmInfo container) =>
        container.Networks.Values.Select(network => (network.Assigned ?? network.Address)?.Address).OfType<GuestAddress>().Where(address => address.IsIPv4);

    // Containers ask the servers that the endpoint asks: those of its configuration, or those that DHCP has given it.
    private static List<GuestAddress> NameserversOf(ExecutorConfiguration endpoint) =>
        !endpoint.Networks.TryGetValue("public", out var network) ? []
        : network.Network.Nameservers.Count > 0 ? network.Network.Nameservers
        : network.Network.AssignedNameservers;
}
