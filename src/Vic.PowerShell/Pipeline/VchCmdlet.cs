using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Output;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that works on virtual container hosts that exist.</summary>
public abstract class VchCmdlet : ServerCmdlet
{
    /// <summary>The VCH: an object of <c>Get-VCH</c>, a name, wildcards allowed, or PowerCLI's object of its endpoint VM; one or several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VchCompleter))]
    public PSObject VCH { get; set; } = new();

    /// <summary>Those that are meant; an error is written for each that is not there.</summary>
    private protected IReadOnlyList<VchTarget> Targets()
    {
        RejectPipedText(nameof(VCH), VCH);
        var targets = new List<VchTarget>();
        var names = new List<string>();
        foreach (var item in InventoryArgument.Each(VCH))
        {
            if (item.BaseObject is VirtualContainerHost known)
            {
                targets.Add(new VchTarget(SelectServer(item), known.Info) { CertificatePath = known.CertificatePath });
            }
            else if (item.BaseObject is string name)
            {
                names.Add(name);
            }
            else
            {
                AddMachine(item, targets);
            }
        }

        if (names.Count > 0)
        {
            AddNamed(names, targets);
        }

        return targets;
    }

    /// <summary>The folder of a VCH's certificates on this machine.</summary>
    private protected string CertificateFolderOf(VchTarget target, string? given) =>
        given is not null ? FullPath(given) : target.CertificatePath ?? FullPath(target.Vch.Name);

    private void AddNamed(List<string> wanted, List<VchTarget> targets)
    {
        var names = new NameFilter(wanted);
        var seen = new List<string>();
        var isWhole = true;
        foreach (var server in SelectServers())
        {
            if (TryList(server, out var found))
            {
                seen.AddRange(found!.Select(vch => vch.Name));
                targets.AddRange(found!.Where(vch => names.Matches(vch.Name)).Select(vch => new VchTarget(server, vch)));
            }
            else
            {
                isWhole = false;
            }
        }

        foreach (var missing in isWhole ? names.NamesWithoutMatch : [])
        {
            WriteError(ErrorRecords.NotFound("VCH", missing, seen));
        }
    }

    private void AddMachine(PSObject item, List<VchTarget> targets)
    {
        var selector = ReadInventory(item, nameof(VCH));
        var server = SelectServer(item);
        if (!TryList(server, out var found))
        {
            return;
        }

        if (found!.FirstOrDefault(vch => vch.Reference.Type == selector.Type && vch.Reference.Value == selector.Value) is { } match)
        {
            targets.Add(new VchTarget(server, match));
        }
        else
        {
            WriteError(ErrorRecords.NotFound("VCH", selector.ToString(), found!.Select(vch => vch.Name)));
        }
    }

    private bool TryList(VicServer server, out IReadOnlyList<VchInfo>? found) =>
        TryRun((progress, cancellationToken) => new VchInventory(server.Client).ListAsync(progress, cancellationToken), server, out found);
}
