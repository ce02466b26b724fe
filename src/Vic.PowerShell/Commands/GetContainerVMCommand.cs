using System.Management.Automation;
using Vic.Engine.Inspection;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Lists containers as vSphere sees them: one virtual machine each. Needs no endpoint.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerVM")]
[OutputType(typeof(ContainerVM))]
public sealed class GetContainerVMCommand : ServerCmdlet
{
    /// <summary>The names or the beginnings of the ids of containers, wildcards allowed; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerVMCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The VCH whose containers are listed: an object of <c>Get-VCH</c> or a name. All VCHs without it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VchCompleter))]
    public PSObject? VCH { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RejectPipedText(nameof(VCH), VCH);
        var owner = VCH?.BaseObject as VirtualContainerHost;
        var ownerName = owner is null ? VCH?.ToString() : null;
        foreach (var server in owner is null ? SelectServers() : [owner.Server])
        {
            if (TryRun(
                (progress, cancellationToken) => new ContainerInventory(server.Client).ListAsync(progress, cancellationToken), server, out var found))
            {
                Write(server, found!.Where(container => IsOf(container, owner, ownerName)).ToList());
            }
        }
    }

    private static bool IsOf(ContainerVmInfo container, VirtualContainerHost? owner, string? ownerName) =>
        owner is not null ? container.HostReference == owner.Info.Reference
        : ownerName is null || (container.HostName is { } host && WildcardPattern.Get(ownerName, WildcardOptions.IgnoreCase).IsMatch(host));

    private void Write(Sessions.VicServer server, List<ContainerVmInfo> found)
    {
        var names = new NameFilter(Name);
        foreach (var container in found.Where(container => names.Matches(container.Name) || names.MatchesStart(container.ContainerId)))
        {
            WriteObject(new ContainerVM(container, server));
        }

        foreach (var missing in names.NamesWithoutMatch)
        {
            WriteError(ErrorRecords.NotFound("container VM", missing, found.Select(container => container.Name)));
        }
    }
}
