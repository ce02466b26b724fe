using System.Management.Automation;
using Vic.Engine.Removal;
using Vic.PowerShell.Background;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Removes a virtual container host with its containers and images.</summary>
[Cmdlet(VerbsCommon.Remove, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VicTask))]
public sealed class RemoveVchCommand : VchCmdlet
{
    /// <summary>Also removes containers that run, and volumes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Starts the removal and writes its task, for <c>Wait-VICTask</c>.</summary>
    [Parameter]
    public SwitchParameter RunAsync { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ShouldProcess(target.ToString(), "Remove the virtual container host, its containers and images"))
            {
                RunOrStart(
                    RunAsync,
                    target.Vch.Name,
                    async (progress, cancellationToken) =>
                    {
                        await new VchRemoval(target.Server.Client).RunAsync(target.Vch, Force, progress, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    _ => null);
            }
        }
    }
}
