using System.Management.Automation;
using Vic.Engine.Containers;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Stops containers; one that is off is left alone. The process gets its stop signal through the guest, as from "Shut Down Guest OS" in the vSphere
/// Client; a virtual machine that is still on when the time is over is powered off. Needs no endpoint. A container of <c>docker run --rm</c> is
/// removed when it stops, by an endpoint that runs.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "ContainerVM", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerVM))]
public sealed class StopContainerVMCommand : ContainerStopCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ShouldProcess(target.ToString(), Kill ? "Power the container off" : "Stop the container")
                && TryRun(
                    (progress, cancellationToken) =>
                        new ContainerPower(target.Server.Client).StopAsync(target.Container, Grace, Kill, progress, cancellationToken),
                    target.Container.Name,
                    out var stopped))
            {
                WriteIfWanted(stopped, target);
            }
        }
    }
}
