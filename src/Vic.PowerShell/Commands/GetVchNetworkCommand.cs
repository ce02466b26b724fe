using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Lists the networks that the containers of VCHs may join, with the addresses in use. Needs no endpoint that runs.</summary>
[Cmdlet(VerbsCommon.Get, "VCHNetwork")]
[OutputType(typeof(VchNetwork))]
public sealed class GetVchNetworkCommand : VchContentCmdlet
{
    /// <summary>The names to list, wildcards allowed; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteContent(
        "network",
        Name,
        (server, hosts, progress, cancellationToken) => new VchNetworks(server.Client).ListAsync(hosts, progress, cancellationToken),
        (network, server) => new VchNetwork(network, server),
        network => [network.Name]);
}
