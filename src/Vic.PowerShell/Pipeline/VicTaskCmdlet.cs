using System.Management.Automation;
using Vic.PowerShell.Background;
using Vic.PowerShell.Completion;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that works on tasks of <c>-RunAsync</c>.</summary>
public abstract class VicTaskCmdlet : VicCmdlet
{
    /// <summary>The task: an object that <c>-RunAsync</c> or <c>Get-VICTask</c> has written, or the id of one of this session, wildcards allowed; one or several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public PSObject Task { get; set; } = new();

    /// <summary>Those that are meant; an error is written for an id that no task of this session has.</summary>
    private protected IEnumerable<VicTask> Tasks()
    {
        foreach (var item in InventoryArgument.Each(Task))
        {
            if (item.BaseObject is VicTask task)
            {
                yield return task;
                continue;
            }

            var known = RunspaceState.Current.Tasks;
            var ids = new NameFilter([item.ToString()]);
            foreach (var match in known.Where(candidate => ids.Matches(candidate.Id)).ToList())
            {
                yield return match;
            }

            foreach (var missing in ids.NamesWithoutMatch)
            {
                WriteError(ErrorRecords.NotFound("task", missing, known.Select(candidate => candidate.Id)));
            }
        }
    }
}
