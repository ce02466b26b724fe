using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that finds virtual container hosts by object or by name.</summary>
public abstract class VchSearchCmdlet : ServerCmdlet
{
    private const string Parameter = "VCH";

    /// <summary>Those that are meant, all without an argument; an error is written for each that is not there.</summary>
    private protected IReadOnlyList<VchTarget> FindVchs(PSObject? argument)
    {
        RejectPipedText(Parameter, argument);
        var targets = new List<VchTarget>();
        var names = new List<string>();
        foreach (var item in (argument is null ? [] : InventoryArgument.Each(argument)))
        {
            if (item.BaseObject is VirtualContainerHost known)
            {
                targets.Add(new VchTarget(SelectServer(item), known.Info) { CertificatePath = known.CertificatePath, IsOfObject = true });
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

        if (names.Count > 0 || argument is null)
        {
            AddNamed(names, targets);
        }

        return targets;
    }

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
        var selector = ReadInventory(item, Parameter);
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
