using Vic.Configuration;

namespace Vic.Engine.Inspection;

/// <summary>A network that the containers of a VCH may join.</summary>
public sealed class VchNetworkInfo
{
    private readonly ContainerNetwork _network;
    private readonly BridgeSubnet? _bridge;

    internal VchNetworkInfo(
        VchInfo host, string name, ContainerNetwork network, string? portGroup, BridgeSubnet? bridge, IReadOnlyList<VchNetworkAddress> addresses)
    {
        Host = host;
        Name = name;
        _network = network;
        _bridge = bridge;
        PortGroup = portGroup;
        AddressesInUse = addresses;
    }

    /// <summary>The VCH.</summary>
    public VchInfo Host { get; }

    /// <summary>The name by which containers join it.</summary>
    public string Name { get; }

    /// <summary><c>bridge</c>, or <c>external</c> for a port group that containers join directly.</summary>
    public string Type => _bridge is null ? "external" : "bridge";

    /// <summary>The reference of the port group.</summary>
    public string PortGroupId => _network.Id;

    /// <summary>The name of the port group; null when it is not there any more, or may not be seen.</summary>
    public string? PortGroup { get; }

    /// <summary>The addresses of the network, such as <c>172.16.0.0/16</c>; null when DHCP gives them.</summary>
    public string? Subnet => _bridge?.ToString() ?? (_network.Gateway is { } gateway
        ? new GuestNetwork(NetworkOf(gateway), gateway.Mask).ToString()
        : null);

    /// <summary>The gateway's address: of a bridge network, the endpoint's. Null when DHCP tells it.</summary>
    public string? Gateway => (_bridge is { } bridge ? bridge.Place(bridge.Gateway) : _network.Gateway)?.Address.ToString();

    /// <summary>The ranges from which addresses are given; empty when all of the subnet is.</summary>
    public IReadOnlyList<string> Ranges => _network.Pools.Select(pool => $"{pool.First}-{pool.Last}").ToList();

    /// <summary>The name servers; empty when DHCP tells them, or the endpoint's are asked.</summary>
    public IReadOnlyList<string> Nameservers => _network.Nameservers.Select(server => server.ToString()).ToList();

    /// <summary>The firewall policy of containers on an external network, such as <c>Published</c>.</summary>
    public string Firewall => _network.TrustLevel.ToString();

    /// <summary>The addresses of containers whose virtual machines are on.</summary>
    public IReadOnlyList<VchNetworkAddress> AddressesInUse { get; }

    private static GuestAddress NetworkOf(GuestNetwork gateway)
    {
        var address = gateway.Address.GetNetworkBytes();
        var mask = gateway.Mask.GetBytes();
        for (var index = 0; index < address.Length && address.Length == mask.Length; index++)
        {
            address[index] &= mask[index];
        }

        return GuestAddress.From(new System.Net.IPAddress(address));
    }
}
