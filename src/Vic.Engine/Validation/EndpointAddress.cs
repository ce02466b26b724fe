using System.Net;
using System.Net.Sockets;
using Vic.Configuration;
using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>The static address of one role of the endpoint, checked.</summary>
/// <param name="Address">Address and mask.</param>
/// <param name="Gateway">The gateway in the same subnet; null without one.</param>
/// <param name="Destinations">The networks behind the gateway; empty for all of them.</param>
internal sealed record EndpointAddress(GuestNetwork Address, IPAddress? Gateway, IReadOnlyList<GuestNetwork> Destinations)
{
    public static EndpointAddress? Check(string role, EndpointNetworkRequest request, CheckList checks)
    {
        var option = $"{role}NetworkAddress";
        if (request.Address is null)
        {
            if (request.Gateway is not null)
            {
                checks.Fail($"{role}NetworkGateway", $"A gateway needs a static address: pass -{option} as well.");
            }

            return null;
        }

        if (TryNetwork(request.Address) is not { } network)
        {
            checks.Fail(option, $"'{request.Address}' is not an IPv4 address with a prefix such as 192.0.2.10/24.");
            return null;
        }

        return request.Gateway is null ? WithoutGateway(role, network, checks) : WithGateway(role, network, request.Gateway, checks);
    }

    public static GuestNetwork? TryNetwork(string text)
    {
        try
        {
            var network = GuestNetwork.Parse(text.Trim());
            return network.Address.IsIPv4 ? network : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether an address is in the subnet of a network.</summary>
    public static bool Contains(GuestNetwork network, IPAddress address)
    {
        var mask = network.Mask.GetBytes();
        var own = network.Address.GetNetworkBytes();
        var other = address.GetAddressBytes();
        return own.Length == other.Length && Enumerable.Range(0, own.Length).All(index => (own[index] & mask[index]) == (other[index] & mask[index]));
    }

    private static EndpointAddress WithoutGateway(string role, GuestNetwork network, CheckList checks)
    {
        if (role == "Public")
        {
            checks.Fail("PublicNetworkGateway", "A static address on the public network needs a gateway.");
        }

        return new EndpointAddress(network, null, []);
    }

    private static EndpointAddress? WithGateway(string role, GuestNetwork network, string text, CheckList checks)
    {
        var option = $"{role}NetworkGateway";
        var colon = text.LastIndexOf(':');
        var destinations = colon < 0 ? [] : text.Substring(0, colon).Split(',');
        if (!IPAddress.TryParse(text.Substring(colon + 1), out var gateway) || gateway.AddressFamily != AddressFamily.InterNetwork)
        {
            checks.Fail(option, $"'{text}' is not an address, or networks and an address such as 10.0.0.0/8:192.0.2.1.");
            return null;
        }

        if (!Contains(network, gateway))
        {
            checks.Fail(option, $"The gateway {gateway} is not in the subnet of {network}.");
        }

        if (role == "Public" && destinations.Length > 0)
        {
            checks.Fail(option, "The public gateway leads everywhere; it takes no list of networks.");
        }

        var networks = destinations.Select(TryNetwork).ToList();
        if (networks.Contains(null))
        {
            checks.Fail(option, $"'{destinations[networks.IndexOf(null)]}' is not a network such as 10.0.0.0/8.");
        }

        return new EndpointAddress(network, gateway, networks.OfType<GuestNetwork>().ToList());
    }
}
