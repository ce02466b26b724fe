using System.Net;

namespace Vic.Lab.Networks;

/// <summary>The addresses of the routed segment, as QEMU's user-mode network lays them out.</summary>
internal static class RoutedNetwork
{
    /// <summary>The network in CIDR form.</summary>
    public const string Cidr = "10.77.0.0/24";

    /// <summary>The gateway; to guests it is also the loopback interface of the computer that runs the lab.</summary>
    public static IPAddress Gateway { get; } = new([10, 77, 0, 2]);

    private static readonly IPNetwork Network = IPNetwork.Parse(Cidr);

    /// <summary>Whether an address belongs to a guest of the routed segment.</summary>
    public static bool IsGuest(IPAddress address) => Network.Contains(address) && !address.Equals(Gateway);
}
