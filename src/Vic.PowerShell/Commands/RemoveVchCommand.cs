using System.Management.Automation;
using Vic.Engine.Removal;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Removes a virtual container host with its containers and images.</summary>
[Cmdlet(VerbsCommon.Remove, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveVchCommand : VchCmdlet
{
    /// <summary>Also removes containers that run, and volumes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ShouldProcess(target.ToString(), "Remove the virtual container host, its containers and images"))
            {
                TryRun(
                    async (progress, cancellationToken) =>
                    {
                        await new VchRemoval(target.Server.Client).RunAsync(target.Vch, Force, progress, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    target.Vch.Name,
                    out _);
            }
        }
    }
}
