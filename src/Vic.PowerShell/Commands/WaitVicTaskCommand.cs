using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.Background;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Waits for tasks of <c>-RunAsync</c>, and writes what they have made, their warnings and their errors. Ctrl+C ends the wait, not the task.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VICTask")]
[OutputType(typeof(PSObject))]
public sealed class WaitVicTaskCommand : VicTaskCmdlet
{
    // How often the progress display follows what the task says about itself.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var task in Tasks())
        {
            Run((progress, cancellationToken) => FollowAsync(task, progress, cancellationToken), task);
            foreach (var warning in task.Warnings)
            {
                WriteWarning(warning);
            }

            if (task.TerminatingError is { } error)
            {
                WriteError(error);
            }
            else if (task.Result is { } result)
            {
                WriteObject(result);
            }
        }
    }

    private static async Task<bool> FollowAsync(VicTask task, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        while (!task.Completion.IsCompleted)
        {
            progress.Report(new StepProgress($"{task.Name}: {task.Description}", task.PercentComplete));
            await System.Threading.Tasks.Task.WhenAny(task.Completion, System.Threading.Tasks.Task.Delay(LookAgain, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return true;
    }
}
