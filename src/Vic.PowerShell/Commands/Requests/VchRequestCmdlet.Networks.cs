using System.Management.Automation;
using Vic.Engine.Requests;
using Vic.PowerShell.Completion;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchRequestCmdlet
{
    /// <summary>The port group that containers share. On ESXi it is created, with the VCH's name, when none is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public PSObject? BridgeNetwork { get; set; }

    /// <summary>The addresses of container networks, as CIDR; 172.16.0.0/12 without it.</summary>
    [Parameter]
    public string? BridgeNetworkRange { get; set; }

    /// <summary>The prefix length of one container network; 16 without it.</summary>
    [Parameter]
    [ValidateRange(8, 32)]
    public int? BridgeNetworkWidth { get; set; }

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

    /// <summary>Takes packets that come in by another network than the one that leads back to their sender.</summary>
    [Parameter]
    public SwitchParameter AsymmetricRoutes { get; set; }

    /// <summary>How clients reach the VCH when that is not its own address: <c>host</c> or <c>host:port</c>.</summary>
    [Parameter]
    public string? AdvertisedAddress { get; set; }

    /// <summary>How the VCH reaches vSphere when that is not the address used here: <c>host</c> or <c>host:port</c>.</summary>
    [Parameter]
    public string? TargetAddress { get; set; }

    private VchRequest ApplyNetworks(VchRequest request) => request with
    {
        BridgeNetwork = Selector(BridgeNetwork, nameof(BridgeNetwork)) ?? request.BridgeNetwork,
        BridgeNetworkRange = BridgeNetworkRange ?? request.BridgeNetworkRange,
        BridgeNetworkWidth = BridgeNetworkWidth ?? request.BridgeNetworkWidth,
        Public = Network(request.Public, PublicNetwork, nameof(PublicNetwork), PublicNetworkAddress, PublicNetworkGateway),
        Client = Network(request.Client, ClientNetwork, nameof(ClientNetwork), ClientNetworkAddress, ClientNetworkGateway),
        Management = Network(request.Management, ManagementNetwork, nameof(ManagementNetwork), ManagementNetworkAddress, ManagementNetworkGateway),
        AsymmetricRoutes = IsGiven(nameof(AsymmetricRoutes)) ? AsymmetricRoutes : request.AsymmetricRoutes,
        AdvertisedAddress = AdvertisedAddress ?? request.AdvertisedAddress,
        TargetAddress = TargetAddress ?? request.TargetAddress,
    };

    private EndpointNetworkRequest Network(
        EndpointNetworkRequest request, PSObject? network, string parameter, string? address, string? gateway) => new()
    {
        Network = Selector(network, parameter) ?? request.Network,
        Address = address ?? request.Address,
        Gateway = gateway ?? request.Gateway,
    };
}
