using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>A network that the containers of a VCH may join.</summary>
public sealed class VchNetwork
{
    private readonly VchNetworkInfo _info;

    internal VchNetwork(VchNetworkInfo info, VicServer server)
    {
        _info = info;
        Server = server;
    }

    /// <summary>The name by which containers join it.</summary>
    public string Name => _info.Name;

    /// <summary><c>bridge</c>, or <c>external</c> for a port group that containers join directly.</summary>
    public string Type => _info.Type;

    /// <summary>The name of the port group; empty when it is not there any more, or may not be seen.</summary>
    public string? PortGroup => _info.PortGroup;

    /// <summary>The port group, such as <c>DistributedVirtualPortgroup-dvportgroup-12</c>.</summary>
    public string Id => _info.PortGroupId.Replace(':', '-');

    /// <summary>The addresses of the network, such as <c>172.16.0.0/16</c>; empty when DHCP gives them.</summary>
    public string? Subnet => _info.Subnet;

    /// <summary>The gateway's address: of a bridge network, the endpoint's. Empty when DHCP tells it.</summary>
    public string? Gateway => _info.Gateway;

    /// <summary>The ranges from which addresses are given; empty when all of the subnet is.</summary>
    public IReadOnlyList<string> IPRange => _info.Ranges;

    /// <summary>The name servers; empty when DHCP tells them, or the endpoint's are asked.</summary>
    public IReadOnlyList<string> DnsServer => _info.Nameservers;

    /// <summary>The firewall policy of containers on an external network, such as <c>Published</c>.</summary>
    public string Firewall => _info.Firewall;

    /// <summary>The addresses of containers whose virtual machines are on, each with its container.</summary>
    public IReadOnlyList<VchNetworkAddress> AddressesInUse => _info.AddressesInUse;

    /// <summary>The name of the VCH.</summary>
    public string VCH => _info.Host.Name;

    /// <summary>The VCH and the network, in the form of PowerCLI's Uids.</summary>
    public string Uid => ObjectIdentity.UidOf(Server, _info.Host.Reference, "VCHNetwork", Name);

    /// <summary>The server that the VCH is on.</summary>
    public VicServer Server { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
