using System.Globalization;

namespace Vic.Configuration;

/// <summary>A container's place on the bridge network, as the endpoint and whoever else starts a container write it.</summary>
public static class BridgePlace
{
    /// <summary>The network's name, in a container's configuration and for its users.</summary>
    public const string NetworkName = "bridge";

    /// <summary>The PCI slot of the network card.</summary>
    public const int Slot = 0x4A0;

    /// <summary>Describes the place.</summary>
    /// <param name="address">The container's address with the network's mask.</param>
    /// <param name="gateway">The endpoint's address with the network's mask.</param>
    /// <param name="nameservers">The name servers that the container asks.</param>
    public static NetworkEndpoint Describe(GuestNetwork address, GuestNetwork gateway, IEnumerable<GuestAddress> nameservers) => new()
    {
        Id = Slot.ToString(CultureInfo.InvariantCulture),
        Name = NetworkName,
        Static = true,
        Address = address,
        Network = new ContainerNetwork
        {
            Name = NetworkName,
            Type = "bridge",
            Default = true,
            Gateway = gateway,
            Nameservers = [.. nameservers],
        },
    };
}
