using System.Management.Automation;
using Vic.PowerShell.Background;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Asks tasks of <c>-RunAsync</c> to end. A task that is stopped takes back what it has begun; Wait-VICTask waits for that.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VICTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(VicTask))]
public sealed class StopVicTaskCommand : VicTaskCmdlet
{
    /// <summary>Writes the tasks that were asked to end.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var task in Tasks())
        {
            if (!task.IsCancelable)
            {
                WriteVerbose($"{task.Id} ({task.Name}) has ended already.");
            }
            else if (ShouldProcess($"{task.Id} ({task.Name})", "Stop the task"))
            {
                task.Stop();
                if (PassThru)
                {
                    WriteObject(task);
                }
            }
        }
    }
}
