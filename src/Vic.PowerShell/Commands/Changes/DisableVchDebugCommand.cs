using System.Management.Automation;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.Commands.Changes;

/// <summary>Makes the endpoint of a virtual container host log no more than an administrator needs. The endpoint VM is restarted while containers run on.</summary>
[Cmdlet(VerbsLifecycle.Disable, "VCHDebug", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(VchDebug))]
public sealed class DisableVchDebugCommand : VchDebugCmdlet
{
    private protected override int WantedLevel => 0;
}
