using System.Management.Automation;
using Vic.Engine.Requests;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchOptionCmdlet
{
    /// <summary>The display name of container VMs, with <c>{name}</c> or <c>{id}</c> in it; <c>{name}-{id}</c> without it.</summary>
    [Parameter]
    public string? ContainerNameConvention { get; set; }

    /// <summary>How many containers there may be; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ContainerLimit { get; set; }

    /// <summary>
    /// Port groups that containers may join besides the bridge: objects, names, or tables such as
    /// <c>@{ Network = 'backend'; Alias = 'db'; Gateway = '10.10.0.1/24'; IPRange = '10.10.0.10-99'; DnsServer = '10.10.0.2'; Firewall = 'Closed' }</c>.
    /// </summary>
    [Parameter]
    public PSObject[]? ContainerNetwork { get; set; }

    private ContainerRequest Apply(ContainerRequest request) => request with
    {
        NameConvention = ContainerNameConvention ?? request.NameConvention,
        Limit = ContainerLimit ?? request.Limit,
        Networks = ContainerNetwork?.Select(ContainerNetworkOf).ToList() ?? request.Networks,
    };

    private ContainerNetworkRequest ContainerNetworkOf(PSObject argument) =>
        Reading(() => ContainerNetworkArgument.Read(argument, network => ReadInventory(network, nameof(ContainerNetwork))));
}
