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
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ShouldProcess(target.ToString(), Kill ? "Power the container off, and start it" : "Restart the container")
                && TryRun(
                    (progress, cancellationToken) =>
                        new ContainerPower(target.Server.Client).RestartAsync(target.Container, Grace, Kill, progress, cancellationToken),
                    target.Container.Name,
                    out var restarted))
            {
                WriteIfWanted(restarted, target);
            }
        }
    }
}
