using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Reads what VCHs, or their containers, use of processors, memory and datastores. Needs no endpoint that runs.</summary>
[Cmdlet(VerbsCommon.Get, "VCHStatistics")]
[OutputType(typeof(VchStatistics), typeof(ContainerVMStatistics))]
public sealed class GetVchStatisticsCommand : VchContentCmdlet
{
    /// <summary>One object for each container in place of one for each VCH.</summary>
    [Parameter]
    public SwitchParameter PerContainer { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (PerContainer)
        {
            WriteContent(
                (server, hosts, progress, cancellationToken) => new VchUsageReader(server.Client).ListContainersAsync(hosts, progress, cancellationToken),
                (usage, server) => new ContainerVMStatistics(usage, server));
        }
        else
        {
            WriteContent(
                (server, hosts, progress, cancellationToken) => new VchUsageReader(server.Client).ListAsync(hosts, progress, cancellationToken),
                (usage, server) => new VchStatistics(usage, server));
        }
    }
}
