namespace Vic.Configuration;

/// <summary>The networks that containers join.</summary>
public sealed class NetworkConfiguration
{
    /// <summary>The name of the network that containers join by default.</summary>
    public string BridgeNetwork { get; set; } = "";

    /// <summary>Port groups that containers may join directly, by the name that their users see.</summary>
    public Dictionary<string, ContainerNetwork> ContainerNetworks { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The range from which bridge networks take their subnets.</summary>
    public GuestNetwork? BridgeRange { get; set; }

    /// <summary>The mask of each bridge network.</summary>
    public GuestMask? BridgeNetworkMask { get; set; }

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        BridgeNetwork = map.Text(key.Child("bridge_network", GuestInfoScope.ReadOnly), BridgeNetwork);
        ContainerNetworks = map.Entries(
            key.Child("container_networks", GuestInfoScope.ReadOnly), ContainerNetworks, static () => new ContainerNetwork());
        BridgeRange = map.Network(key.Child("bridge-ip-range", GuestInfoScope.ReadOnly), BridgeRange);
        BridgeNetworkMask = map.Mask(key.Child("bridge-net-width", GuestInfoScope.ReadOnly), BridgeNetworkMask);
    }
}
