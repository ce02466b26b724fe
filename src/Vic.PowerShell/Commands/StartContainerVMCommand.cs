using System.Management.Automation;
using Vic.Engine.Containers;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Powers container VMs on; one that is on is left alone. Their processes run when their guests have booted, whether or not the endpoint runs; an
/// endpoint that runs takes the containers up, so that Docker clients can attach to them.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "ContainerVM", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerVM))]
public sealed class StartContainerVMCommand : ContainerCmdlet
{
    /// <summary>Writes the containers as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ShouldProcess(target.ToString(), "Start the container")
                && TryRun(
                    (progress, cancellationToken) => new ContainerPower(target.Server.Client).StartAsync(target.Container, progress, cancellationToken),
                    target.Container.Name,
                    out var started)
                && PassThru)
            {
                WriteObject(new ContainerVM(started!, target.Server));
            }
        }
    }
}
