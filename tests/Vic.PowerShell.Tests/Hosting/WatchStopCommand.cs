using System.Management.Automation;

namespace Vic.PowerShell.Tests.Hosting;

/// <summary>Stands at the end of a pipeline and tells when it is stopped: PowerShell stops the commands of a pipeline in their order, so those before it know already.</summary>
[Cmdlet(VerbsCommon.Watch, "Stop")]
public sealed class WatchStopCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public TaskCompletionSource Stopped { get; set; } = null!;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void StopProcessing() => Stopped.TrySetResult();
}
