using System.Net;
using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>Reads what a container network is to be: its name, its gateway, its addresses and its firewall.</summary>
internal sealed class ContainerNetworkRules(CheckList checks)
{
    private const string Option = "ContainerNetwork";

    /// <param name="name">The name that Docker users will see.</param>
    /// <param name="network">The port group.</param>
    /// <param name="request">What was asked for.</param>
    public MappedNetwork Check(string name, Inventory.InventoryEntity network, ContainerNetworkRequest request)
    {
        CheckName(name, request);
        var gateway = ReadGateway(name, request.Gateway);
        var configuration = new ContainerNetwork
        {
            Id = network.Reference.ToString(),
            Name = name,
            Type = "external",
            Gateway = gateway,
            Pools = ReadRanges(name, request, gateway),
            Nameservers = ReadServers(name, request),
            TrustLevel = ReadFirewall(name, request.Firewall),
        };
        return new MappedNetwork(network, configuration);
    }

    private void CheckName(string name, ContainerNetworkRequest request)
    {
        if (name == EndpointHardware.BridgeRole)
        {
            checks.Fail(Option, $"'{name}' is the name of the containers' own network; give '{request.Network}' another Alias.");
        }
        else if (name.Length == 0 || name.Any(character => char.IsWhiteSpace(character) || character is '|' or '@' or '/'))
        {
            checks.Fail(Option, $"Docker users cannot type '{name}' as the name of a network; give '{request.Network}' an Alias without blanks, '|', '@' and '/'.");
        }
    }

    private GuestNetwork? ReadGateway(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (EndpointAddress.TryNetwork(text) is not { } gateway)
        {
            checks.Fail(Option, $"The Gateway '{text}' of '{name}' is not an address with the network's prefix such as 10.10.0.1/24.");
            return null;
        }

        var subnet = AddressRangeText.TryParse(text)!.Value;
        var address = AddressRangeText.TryParse($"{gateway.Address}-{gateway.Address}")!.Value;
        if (gateway.Mask.PrefixLength < 31 && (address.First == subnet.First || address.First == subnet.Last))
        {
            checks.Fail(Option, $"The Gateway '{text}' of '{name}' is the address of the network itself, or its broadcast address.");
        }

        return gateway;
    }

    private List<AddressRange> ReadRanges(string name, ContainerNetworkRequest request, GuestNetwork? gateway)
    {
        var ranges = new List<AddressRangeText>();
        foreach (var text in request.IPRanges)
        {
            if (AddressRangeText.TryParse(text) is not { } range)
            {
                checks.Fail(Option, $"The IPRange '{text}' of '{name}' is not a range such as 10.10.0.10-10.10.0.99, or CIDR.");
                continue;
            }

            if (gateway is not null && !range.IsIn(gateway))
            {
                checks.Fail(Option, $"The IPRange '{text}' of '{name}' is not in the subnet of its gateway {gateway}.");
            }

            if (ranges.Any(other => other.Overlaps(range)))
            {
                checks.Fail(Option, $"The IPRange '{text}' of '{name}' overlaps {ranges.First(other => other.Overlaps(range))}.");
            }

            ranges.Add(range);
        }

        if (ranges.Count > 0 && request.Gateway is null)
        {
            checks.Fail(Option, $"The IPRange of '{name}' needs a Gateway such as 10.10.0.1/24; without both, addresses come from DHCP.");
        }

        return ranges.ConvertAll(range => range.ToConfiguration());
    }

    private List<GuestAddress> ReadServers(string name, ContainerNetworkRequest request)
    {
        var servers = new List<GuestAddress>();
        foreach (var text in request.DnsServers)
        {
            if (IPAddress.TryParse(text, out var address))
            {
                servers.Add(GuestAddress.From(address));
            }
            else
            {
                checks.Fail(Option, $"The DnsServer '{text}' of '{name}' is not an IP address.");
            }
        }

        return servers;
    }

    private TrustLevel ReadFirewall(string name, string? text)
    {
        // A digit would be taken for the value of one.
        if (text is not null && (!Enum.TryParse<TrustLevel>(text, ignoreCase: true, out var level) || char.IsDigit(text[0]) || level == TrustLevel.Unspecified))
        {
            checks.Fail(Option, $"The Firewall '{text}' of '{name}' is none of Closed, Outbound, Peers, Published, Open.");
        }

        return text is not null && Enum.TryParse<TrustLevel>(text, ignoreCase: true, out var known) ? known : TrustLevel.Unspecified;
    }
}
