using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.Lab;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands;

/// <summary>Ends a lab and every virtual machine in it.</summary>
[Cmdlet(VerbsLifecycle.Stop, "VICLab", SupportsShouldProcess = true)]
public sealed class StopVicLabCommand : VicCmdlet
{
    // The lab powers its machines off before it goes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The lab to end; without it the last one that this session started.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public VicLab? Lab { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var lab = Lab ?? RunspaceState.Current.Labs.LastOrDefault();
        if (lab is null)
        {
            WriteError(ErrorRecords.From(new VicException("LabNotFound", VicErrorKind.NotFound, "This session has started no lab."), target: null));
        }
        else if (ShouldProcess(lab.ToString(), "Stop the lab"))
        {
            Run(
                async (progress, cancellationToken) =>
                {
                    progress.Report(new("Stopping the lab"));
                    await LabProcess.StopAsync(lab, Patience, cancellationToken).ConfigureAwait(false);
                    return true;
                },
                lab);
            RunspaceState.Current.Labs.Remove(lab);
        }
    }
}
