using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Docker;
using Vic.Engine.Removal;
using Vic.PowerShell.Background;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Removes a virtual container host with its containers and images.</summary>
[Cmdlet(VerbsCommon.Remove, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VicTask))]
public sealed class RemoveVchCommand : VchCmdlet
{
    /// <summary>Also removes containers that run.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Also removes the volumes in its volume stores; those on NFS shares stay.</summary>
    [Parameter]
    public SwitchParameter RemoveVolumes { get; set; }

    /// <summary>Starts the removal and writes its task, for <c>Wait-VICTask</c>.</summary>
    [Parameter]
    public SwitchParameter RunAsync { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ShouldProcess(target.ToString(), $"Remove the virtual container host, its containers{(RemoveVolumes ? ", images and volumes" : " and images")}"))
            {
                RunOrStart(
                    RunAsync,
                    target.Vch.Name,
                    async (progress, cancellationToken) =>
                    {
                        await new VchRemoval(target.Server.Client).RunAsync(target.Vch, Force, RemoveVolumes, progress, cancellationToken)
                            .ConfigureAwait(false);
                        TellContexts(target, progress);
                        return true;
                    },
                    _ => null);
            }
        }
    }

    // A context is the user's: scripts may use its name again with the next VCH.
    private static void TellContexts(VchTarget target, IProgress<StepProgress> progress)
    {
        foreach (var context in target.Vch.DockerHost is { } host ? DockerContexts.OfUser().NamesOf(host) : [])
        {
            progress.Report(StepProgress.Warning(
                $"The docker context '{context}' still points at '{target.Vch.Name}', which is gone. Remove it with: docker context rm {context}"));
        }
    }
}
