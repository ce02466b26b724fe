using Vic.Configuration;

namespace Vic.Engine.Validation;

/// <summary>The addresses of container networks, checked.</summary>
/// <param name="Range">The range that networks are carved from.</param>
/// <param name="Mask">The mask of one network.</param>
internal sealed record BridgeRange(GuestNetwork Range, GuestMask Mask)
{
    /// <summary>The range of a virtual container host that none was asked for, as with vic-machine.</summary>
    public const string Default = "172.16.0.0/12";

    // Below /30 there is no room for a gateway and a container.
    private const int NarrowestNetwork = 30;

    public static BridgeRange? Check(string range, int width, CheckList checks)
    {
        if (EndpointAddress.TryNetwork(range) is not { } network)
        {
            checks.Fail("BridgeNetworkRange", $"'{range}' is not a network such as 172.16.0.0/12.");
            return null;
        }

        if (width > NarrowestNetwork || width < network.Mask.PrefixLength)
        {
            checks.Fail("BridgeNetworkWidth", $"A network in {range} has a prefix of {network.Mask.PrefixLength} to {NarrowestNetwork}, not {width}.");
            return null;
        }

        return new BridgeRange(network, GuestMask.IPv4(width));
    }
}
