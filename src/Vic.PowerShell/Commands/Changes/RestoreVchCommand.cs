using System.Management.Automation;
using Vic.Engine.Changes;
using Vic.PowerShell.Background;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.Commands.Changes;

/// <summary>
/// Brings a virtual container host back to the state before its last Update-VCH, or Set-VCH with a restart. The endpoint VM is restarted while containers run
/// on. Limits of the pool stay as they are.
/// </summary>
[Cmdlet(VerbsData.Restore, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VirtualContainerHost), typeof(VicTask))]
public sealed class RestoreVchCommand : VchChangeCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            var rollback = new VchRollback(target.Server.Client);
            if (TryRun((progress, token) => rollback.PlanAsync(target.Vch, progress, token), target.Vch.Name, out var plan)
                && ShouldProcess(target, Describe(plan!)))
            {
                Change(target, (progress, token) => rollback.RunAsync(target.Vch, Patience, progress, token));
            }
        }
    }

    private static string Describe(RollbackPlan plan)
    {
        var versions = plan.From == plan.To ? $"version {plan.To} stays" : $"from {plan.From} to {plan.To}";
        return FormattableString.Invariant(
            $"Go back to the state of {plan.Created.ToLocalTime():yyyy-MM-dd HH:mm}, before '{plan.Snapshot}' ({versions}), restarting the endpoint VM while containers run on");
    }
}
