using System.Management.Automation;
using Vic.Engine.Changes;
using Vic.PowerShell.Background;
using Vic.PowerShell.Loading;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands.Changes;

/// <summary>
/// Brings a virtual container host to this module's version. The endpoint VM is restarted while containers run on; they keep the bootstrap ISO that they have.
/// Restore-VCH goes back.
/// </summary>
[Cmdlet(VerbsData.Update, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = Upgrade)]
[OutputType(typeof(VirtualContainerHost), typeof(VicTask))]
public sealed class UpdateVchCommand : VchChangeCmdlet
{
    private const string Upgrade = "Upgrade";
    private const string Reset = "ResetProgress";

    /// <summary>The ISO that the endpoint VM is to boot; the module's own without it.</summary>
    [Parameter(ParameterSetName = Upgrade)]
    public string? ApplianceIso { get; set; }

    /// <summary>The ISO that new container VMs are to boot; the module's own without it.</summary>
    [Parameter(ParameterSetName = Upgrade)]
    public string? BootstrapIso { get; set; }

    /// <summary>Takes ISOs of another release, and updates a VCH that is up to date, or newer than the module.</summary>
    [Parameter(ParameterSetName = Upgrade)]
    public SwitchParameter Force { get; set; }

    /// <summary>Takes back an update or a change that broke off because its shell was closed or its computer failed.</summary>
    [Parameter(ParameterSetName = Reset, Mandatory = true)]
    public SwitchParameter ResetProgress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ResetProgress)
            {
                ResetChange(target);
            }
            else
            {
                Update(target);
            }
        }
    }

    private void Update(VchTarget target)
    {
        var request = new VchUpgradeRequest
        {
            ApplianceIso = ApplianceIso is null ? IsoLocation.Find("appliance.iso") : FullPath(ApplianceIso),
            BootstrapIso = BootstrapIso is null ? IsoLocation.Find("bootstrap.iso") : FullPath(BootstrapIso),
            Force = Force,
            Timeout = Patience,
        };
        var upgrade = new VchUpgrade(target.Server.Client);
        if (!TryRun((progress, token) => upgrade.PlanAsync(target.Vch, request, progress, token), target.Vch.Name, out var versions))
        {
            return;
        }

        if (!versions!.IsNeeded)
        {
            Skip(target, $"'{target.Vch.Name}' is up to date ({versions.From}); nothing was changed. Pass -Force to update it all the same.");
        }
        else if (ShouldProcess(target, $"Update from {versions.From} to {versions.To}, restarting the endpoint VM while containers run on"))
        {
            Change(target, (progress, token) => upgrade.RunAsync(target.Vch, request, progress, token));
        }
    }
}
