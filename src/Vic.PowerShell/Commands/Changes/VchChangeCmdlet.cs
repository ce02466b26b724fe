using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands.Changes;

/// <summary>A cmdlet that changes the endpoint VM of a VCH and waits until it serves again.</summary>
public abstract class VchChangeCmdlet : VchCmdlet
{
    /// <summary>How many seconds the endpoint may take to serve again; then the change is taken back.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int Timeout { get; set; } = 180;

    /// <summary>Returns the VCH as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Starts the change and writes its task, for <c>Wait-VICTask</c>.</summary>
    [Parameter]
    public SwitchParameter RunAsync { get; set; }

    private protected TimeSpan Patience => TimeSpan.FromSeconds(Timeout);

    /// <summary>The folder of the client certificate that the user named.</summary>
    private protected virtual string? PassedCertificatePath => null;

    private protected bool ShouldProcess(VchTarget target, string action) => ShouldProcess(target.ToString(), action);

    /// <summary>Runs a change, or starts it, and writes the VCH as it is afterwards if that was asked for.</summary>
    private protected void Change(VchTarget target, Func<IProgress<StepProgress>, CancellationToken, Task<VchInfo>> change)
    {
        var certificates = CertificateFolderOf(target, PassedCertificatePath);
        RunOrStart(RunAsync, target.Vch.Name, change, vch => PassThru ? Describe(target, vch, certificates) : null);
    }

    /// <summary>Says why nothing is changed, and writes the VCH as it is if that was asked for.</summary>
    private protected void Skip(VchTarget target, string reason)
    {
        WriteWarning(reason);
        if (PassThru)
        {
            WriteObject(Describe(target, target.Vch, CertificateFolderOf(target, PassedCertificatePath)));
        }
    }

    private protected void ResetChange(VchTarget target)
    {
        if (!ShouldProcess(target, "Take back the change that broke off"))
        {
            return;
        }

        Change(target, async (progress, token) =>
        {
            var vch = await new InterruptedChange(target.Server.Client).ResetAsync(target.Vch, Patience, progress, token).ConfigureAwait(false);
            if (vch is null)
            {
                progress.Report(StepProgress.Warning($"No change of '{target.Vch.Name}' broke off; nothing was done."));
            }

            return vch ?? target.Vch;
        });
    }

    private static VirtualContainerHost Describe(VchTarget target, VchInfo vch, string certificates) =>
        new(vch, target.Server, CertificateSearch.Find(vch, certificates));
}
