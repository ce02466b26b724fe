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
    public static EndpointAddress? Check(string role, EndpointNetworkRequest request, ProblemList problems)
    {
        var option = $"{role}NetworkAddress";
        if (request.Address is null)
        {
            if (request.Gateway is not null)
            {
                problems.Add($"{role}NetworkGateway", $"A gateway needs a static address: pass -{option} as well.");
            }

            return null;
        }

        if (TryNetwork(request.Address) is not { } network)
        {
            problems.Add(option, $"'{request.Address}' is not an IPv4 address with a prefix such as 192.0.2.10/24.");
            return null;
        }

        return request.Gateway is null ? WithoutGateway(role, network, problems) : WithGateway(role, network, request.Gateway, problems);
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

    private static EndpointAddress WithoutGateway(string role, GuestNetwork network, ProblemList problems)
    {
        if (role == "Public")
        {
            problems.Add("PublicNetworkGateway", "A static address on the public network needs a gateway.");
        }

        return new EndpointAddress(network, null, []);
    }

    private static EndpointAddress? WithGateway(string role, GuestNetwork network, string text, ProblemList problems)
    {
        var option = $"{role}NetworkGateway";
        var colon = text.LastIndexOf(':');
        var destinations = colon < 0 ? [] : text.Substring(0, colon).Split(',');
        if (!IPAddress.TryParse(text.Substring(colon + 1), out var gateway) || gateway.AddressFamily != AddressFamily.InterNetwork)
        {
            problems.Add(option, $"'{text}' is not an address, or networks and an address such as 10.0.0.0/8:192.0.2.1.");
            return null;
        }

        if (!SameSubnet(network, gateway))
        {
            problems.Add(option, $"The gateway {gateway} is not in the subnet of {network}.");
        }

        if (role == "Public" && destinations.Length > 0)
        {
            problems.Add(option, "The public gateway leads everywhere; it takes no list of networks.");
        }

        var networks = destinations.Select(TryNetwork).ToList();
        if (networks.Contains(null))
        {
            problems.Add(option, $"'{destinations[networks.IndexOf(null)]}' is not a network such as 10.0.0.0/8.");
        }

        return new EndpointAddress(network, gateway, networks.OfType<GuestNetwork>().ToList());
    }

    private static bool SameSubnet(GuestNetwork network, IPAddress address)
    {
        var mask = network.Mask.GetBytes();
        var own = network.Address.GetNetworkBytes();
        var other = address.GetAddressBytes();
        return own.Length == other.Length && Enumerable.Range(0, own.Length).All(index => (own[index] & mask[index]) == (other[index] & mask[index]));
    }
}
