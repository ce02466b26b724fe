using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Inspection;
using Vic.PowerShell.Completion;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that works on container VMs that exist.</summary>
public abstract class ContainerCmdlet : ServerCmdlet
{
    /// <summary>
    /// The container VMs: objects of <c>Get-ContainerVM</c> or of PowerCLI's <c>Get-VM</c>, or names or the beginnings of ids of containers, wildcards
    /// allowed.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Name", "VM")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerVMCompleter))]
    public PSObject[] ContainerVM { get; set; } = [];

    /// <summary>Those that are meant; an error is written for each that is not there.</summary>
    private protected IReadOnlyList<ContainerTarget> Targets()
    {
        var targets = new List<ContainerTarget>();
        var names = new List<string>();
        foreach (var argument in ContainerVM)
        {
            RejectPipedText(nameof(ContainerVM), argument);
            if (argument.BaseObject is Output.ContainerVM known)
            {
                targets.Add(new ContainerTarget(known.Server, known.Info));
            }
            else if (argument.BaseObject is string name)
            {
                names.Add(name);
            }
            else if (FindMachine(argument) is { } machine)
            {
                targets.Add(machine);
            }
        }

        return names.Count == 0 ? targets : [.. targets, .. FindByName(names)];
    }

    private List<ContainerTarget> FindByName(List<string> wanted)
    {
        var targets = new List<ContainerTarget>();
        var names = new NameFilter(wanted);
        var seen = new List<string>();
        foreach (var server in SelectServers())
        {
            var found = List(server);
            seen.AddRange(found.Select(container => container.Name));
            targets.AddRange(found.Where(container => names.Matches(container.Name) || names.MatchesStart(container.ContainerId))
                .Select(container => new ContainerTarget(server, container)));
        }

        foreach (var missing in names.NamesWithoutMatch)
        {
            WriteError(ErrorRecords.NotFound("container VM", missing, seen));
        }

        return targets;
    }

    private ContainerTarget? FindMachine(PSObject argument)
    {
        try
        {
            var machine = InventoryArgument.Read(argument, nameof(ContainerVM));
            var server = SelectServer(argument);
            var found = List(server).FirstOrDefault(
                container => container.Reference.Type == machine.Type && container.Reference.Value == machine.Value);
            return found is not null
                ? new ContainerTarget(server, found)
                : throw new VicException("NotAContainerVM", VicErrorKind.InvalidInput, $"'{machine}' is not a container VM.");
        }
        catch (VicException exception)
        {
            WriteError(ErrorRecords.From(exception, argument));
            return null;
        }
    }

    private IReadOnlyList<ContainerVmInfo> List(VicServer server) =>
        Run((progress, cancellationToken) => new ContainerInventory(server.Client).ListAsync(progress, cancellationToken), server);
}
