using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.Engine.Removal;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands;

/// <summary>Removes a virtual container host with its containers and images.</summary>
[Cmdlet(VerbsCommon.Remove, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveVchCommand : ServerCmdlet
{
    /// <summary>The VCH to remove: an object of <c>Get-VCH</c>, or a name, wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Name")]
    public PSObject VCH { get; set; } = new();

    /// <summary>Also removes containers that run, and volumes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RejectPipedText(nameof(VCH), VCH);
        foreach (var (server, vch) in Targets())
        {
            if (ShouldProcess($"{vch.Name} ({vch.Reference.Value}) on {server}", "Remove the virtual container host, its containers and images"))
            {
                TryRun(
                    async (progress, cancellationToken) =>
                    {
                        await new VchRemoval(server.Client).RunAsync(vch, Force, progress, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    vch.Name,
                    out _);
            }
        }
    }

    private List<(VicServer Server, VchInfo Vch)> Targets()
    {
        if (VCH.BaseObject is VirtualContainerHost known)
        {
            return [(known.Server, known.Info)];
        }

        var targets = new List<(VicServer, VchInfo)>();
        var names = new NameFilter([VCH.ToString()]);
        var seen = new List<string>();
        foreach (var server in SelectServers())
        {
            var found = Run((progress, cancellationToken) => new VchInventory(server.Client).ListAsync(progress, cancellationToken), server);
            seen.AddRange(found.Select(vch => vch.Name));
            targets.AddRange(found.Where(vch => names.Matches(vch.Name)).Select(vch => (server, vch)));
        }

        foreach (var missing in names.NamesWithoutMatch)
        {
            WriteError(ErrorRecords.NotFound("VCH", missing, seen));
        }

        return targets;
    }
}
