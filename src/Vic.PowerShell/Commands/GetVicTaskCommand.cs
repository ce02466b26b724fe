using System.Management.Automation;
using Vic.PowerShell.Background;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands;

/// <summary>Lists the tasks that <c>-RunAsync</c> has started in this session.</summary>
[Cmdlet(VerbsCommon.Get, "VICTask")]
[OutputType(typeof(VicTask))]
public sealed class GetVicTaskCommand : VicCmdlet
{
    /// <summary>The ids to list, wildcards allowed; all without it.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Lists only those that are this far.</summary>
    [Parameter]
    public VicTaskState? State { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var known = RunspaceState.Current.Tasks;
        var ids = new NameFilter(Id);
        WriteObject(known.Where(task => ids.Matches(task.Id) && (State is null || task.State == State)).ToList(), enumerateCollection: true);
        foreach (var missing in ids.NamesWithoutMatch)
        {
            WriteError(ErrorRecords.NotFound("task", missing, known.Select(task => task.Id)));
        }
    }
}
