using System.Management.Automation;
using Vic.Engine.Containers;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Stops containers as <c>Stop-ContainerVM</c> does and starts them as <c>Start-ContainerVM</c> does; one that is off is started. Needs no endpoint.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "ContainerVM", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerVM))]
public sealed class RestartContainerVMCommand : ContainerStopCmdlet
{
    /// <summary>
    /// Moves the containers to the bootstrap ISO that new containers of their VCH boot. One that cannot be started with it gets its earlier one again.
    /// </summary>
    [Parameter]
    public SwitchParameter UpdateBootstrap { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (UpdateBootstrap)
            {
                Move(target);
            }
            else
            {
                Restart(target);
            }
        }
    }

    private string Action => Kill ? "Power the container off, and start it" : "Restart the container";

    private void Restart(ContainerTarget target)
    {
        if (ShouldProcess(target.ToString(), Action)
            && TryRun(
                (progress, cancellationToken) =>
                    new ContainerPower(target.Server.Client).RestartAsync(target.Container, Grace, Kill, progress, cancellationToken),
                target.Container.Name,
                out var restarted))
        {
            WriteIfWanted(restarted, target);
        }
    }

    private void Move(ContainerTarget target)
    {
        var update = new BootstrapUpdate(target.Server.Client);
        if (TryRun((progress, cancellationToken) => update.PlanAsync(target.Container, progress, cancellationToken), target.Container.Name, out var plan)
            && ShouldProcess(target.ToString(), plan!.IsNeeded ? $"{Action} with the bootstrap ISO of {plan.To} in place of {plan.From}" : Action)
            && TryRun(
                (progress, cancellationToken) => update.RunAsync(target.Container, Grace, Kill, progress, cancellationToken), target.Container.Name, out var moved))
        {
            WriteIfWanted(moved, target);
        }
    }
}
