using System.Management.Automation;
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

    private protected TimeSpan Patience => TimeSpan.FromSeconds(Timeout);

    private protected bool ShouldProcess(VchTarget target, string action) => ShouldProcess(target.ToString(), action);

    private protected void ResetChange(VchTarget target)
    {
        if (!ShouldProcess(target, "Take back the change that broke off"))
        {
            return;
        }

        if (TryRun(
            (progress, token) => new InterruptedChange(target.Server.Client).ResetAsync(target.Vch, Patience, progress, token), target.Vch.Name, out var vch))
        {
            if (vch is null)
            {
                WriteWarning($"No change of '{target.Vch.Name}' broke off; nothing was done.");
            }

            Pass(target, vch ?? target.Vch);
        }
    }

    private protected void Pass(VchTarget target, VchInfo vch)
    {
        if (PassThru)
        {
            WriteObject(new VirtualContainerHost(vch, target.Server, CertificateSearch.Find(vch, CertificateFolderOf(target, PassedCertificatePath))));
        }
    }

    /// <summary>The folder of the client certificate that the user named.</summary>
    private protected virtual string? PassedCertificatePath => null;
}
