using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Lists virtual container hosts. Needs no endpoint that answers: it reads vSphere.</summary>
[Cmdlet(VerbsCommon.Get, "VCH")]
[OutputType(typeof(VirtualContainerHost))]
public sealed class GetVchCommand : ServerCmdlet
{
    /// <summary>The names to list, wildcards allowed; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>The managed object values to list, for example <c>vm-42</c>.</summary>
    [Parameter]
    public string[] Id { get; set; } = [];

    /// <summary>The folder that holds the client certificates; <c>./name</c> is looked at without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in SelectServers())
        {
            if (TryRun((progress, cancellationToken) => new VchInventory(server.Client).ListAsync(progress, cancellationToken), server, out var found))
            {
                Write(server, found!);
            }
        }
    }

    private void Write(Sessions.VicServer server, IReadOnlyList<VchInfo> found)
    {
        var names = new NameFilter(Name);
        foreach (var vch in found.Where(vch => names.Matches(vch.Name) && (Id.Length == 0 || Id.Contains(vch.Reference.Value, StringComparer.Ordinal))))
        {
            WriteObject(new VirtualContainerHost(vch, server, CertificateSearch.Find(vch, CertificatePath is null ? FullPath(vch.Name) : FullPath(CertificatePath))));
        }

        foreach (var missing in names.NamesWithoutMatch)
        {
            WriteError(ErrorRecords.NotFound("VCH", missing, found.Select(vch => vch.Name)));
        }
    }
}
