using System.Management.Automation;
using Vic.Engine.Removal;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Removes containers: their virtual machines with their own disks and logs. Images and volumes stay. Needs no endpoint; one that runs forgets them.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "ContainerVM", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveContainerVMCommand : ContainerCmdlet
{
    /// <summary>Also removes containers that run; their virtual machines are powered off without asking their processes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ShouldProcess(target.ToString(), Force ? "Power the container off and remove it" : "Remove the container"))
            {
                TryRun(
                    async (progress, cancellationToken) =>
                    {
                        await new ContainerRemoval(target.Server.Client).RunAsync(target.Container, Force, progress, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    target.Container.Name,
                    out _);
            }
        }
    }
}
