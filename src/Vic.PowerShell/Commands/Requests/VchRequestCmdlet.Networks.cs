using System.Management.Automation;
using Vic.PowerShell.Completion;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchRequestCmdlet
{
    /// <summary>The port group that containers share. On ESXi it is created, with the VCH's name, when none is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public PSObject? BridgeNetwork { get; set; }

    /// <summary>The addresses of container networks, as CIDR.</summary>
    [Parameter]
    public string BridgeNetworkRange { get; set; } = "172.16.0.0/12";

    /// <summary>The prefix length of one container network.</summary>
    [Parameter]
    [ValidateRange(8, 32)]
    public int BridgeNetworkWidth { get; set; } = 16;

    /// <summary>The port group towards the internet, where published ports appear.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public PSObject? PublicNetwork { get; set; }

    /// <summary>The static address on the public network, as CIDR; DHCP without it.</summary>
    [Parameter]
    public string? PublicNetworkAddress { get; set; }

    /// <summary>The gateway of the public network.</summary>
    [Parameter]
    public string? PublicNetworkGateway { get; set; }

    /// <summary>The port group of the Docker API; the public one without it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public PSObject? ClientNetwork { get; set; }

    /// <summary>The static address on the client network, as CIDR.</summary>
    [Parameter]
    public string? ClientNetworkAddress { get; set; }

    /// <summary>The gateway of the client network, after the networks it leads to: <c>10.0.0.0/8:192.0.2.1</c>.</summary>
    [Parameter]
    public string? ClientNetworkGateway { get; set; }

    /// <summary>The port group towards vSphere; the client's without it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public PSObject? ManagementNetwork { get; set; }

    /// <summary>The static address on the management network, as CIDR.</summary>
    [Parameter]
    public string? ManagementNetworkAddress { get; set; }

    /// <summary>The gateway of the management network, after the networks it leads to.</summary>
    [Parameter]
    public string? ManagementNetworkGateway { get; set; }

    /// <summary>DNS servers of the endpoint.</summary>
    [Parameter]
    public string[] DnsServer { get; set; } = [];

    /// <summary>How clients reach the VCH when that is not its own address: <c>host</c> or <c>host:port</c>.</summary>
    [Parameter]
    public string? AdvertisedAddress { get; set; }

    /// <summary>How the VCH reaches vSphere when that is not the address used here: <c>host</c> or <c>host:port</c>.</summary>
    [Parameter]
    public string? TargetAddress { get; set; }
}
