using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.PowerCli;

namespace Vic.PowerShell.Commands;

/// <summary>Lists virtual container hosts. Needs no endpoint that answers: it reads vSphere.</summary>
[Cmdlet(VerbsCommon.Get, "VCH")]
[OutputType(typeof(VirtualContainerHost))]
public sealed class GetVchCommand : ServerCmdlet
{
    /// <summary>The names to list, wildcards allowed; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VchCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The ids to list, for example <c>VirtualMachine-vm-42</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Id { get; set; } = [];

    /// <summary>The folder that holds the client certificates; <c>./name</c> is looked at without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var names = new NameFilter(Name);
        var ids = new NameFilter([.. Id.Select(id => InventoryArgument.TryReadId(id)?.Value ?? id)]);
        var seen = new List<VchInfo>();
        var isWhole = true;
        foreach (var server in SelectServers())
        {
            if (TryRun((progress, cancellationToken) => new VchInventory(server.Client).ListAsync(progress, cancellationToken), server, out var found))
            {
                seen.AddRange(found!);
                foreach (var vch in found!.Where(vch => names.Matches(vch.Name) && ids.Matches(vch.Reference.Value)))
                {
                    WriteObject(new VirtualContainerHost(vch, server, CertificateSearch.Find(vch, CertificatePath is null ? FullPath(vch.Name) : FullPath(CertificatePath))));
                }
            }
            else
            {
                isWhole = false;
            }
        }

        // A server that did not answer may have it.
        foreach (var missing in isWhole ? names.NamesWithoutMatch.Concat(ids.NamesWithoutMatch) : [])
        {
            WriteError(ErrorRecords.NotFound("VCH", missing, seen.Select(vch => vch.Name)));
        }
    }
}
