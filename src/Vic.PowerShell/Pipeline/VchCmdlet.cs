using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that works on virtual container hosts that exist.</summary>
public abstract class VchCmdlet : ServerCmdlet
{
    /// <summary>The VCH: an object of <c>Get-VCH</c>, or a name, wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Name")]
    [SupportsWildcards]
    public PSObject VCH { get; set; } = new();

    /// <summary>Those that are meant; an error is written for a name that nothing has.</summary>
    private protected IReadOnlyList<VchTarget> Targets()
    {
        RejectPipedText(nameof(VCH), VCH);
        if (VCH.BaseObject is VirtualContainerHost known)
        {
            return [new VchTarget(known.Server, known.Info)];
        }

        var targets = new List<VchTarget>();
        var names = new NameFilter([VCH.ToString()]);
        var seen = new List<string>();
        foreach (var server in SelectServers())
        {
            var found = Run((progress, cancellationToken) => new VchInventory(server.Client).ListAsync(progress, cancellationToken), server);
            seen.AddRange(found.Select(vch => vch.Name));
            targets.AddRange(found.Where(vch => names.Matches(vch.Name)).Select(vch => new VchTarget(server, vch)));
        }

        foreach (var missing in names.NamesWithoutMatch)
        {
            WriteError(ErrorRecords.NotFound("VCH", missing, seen));
        }

        return targets;
    }

    /// <summary>The folder of a VCH's certificates on this machine.</summary>
    private protected string CertificateFolderOf(VchTarget target, string? given) =>
        given is not null ? FullPath(given) : (VCH.BaseObject as VirtualContainerHost)?.CertificatePath ?? FullPath(target.Vch.Name);
}
