using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.Commands.Changes;

/// <summary>
/// Makes the endpoint of a virtual container host log more: each request of a Docker client and its answer, and with higher levels the server's own steps. The
/// log is on the datastore; the result names it. The endpoint VM is restarted while containers run on.
/// </summary>
[Cmdlet(VerbsLifecycle.Enable, "VCHDebug", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(VchDebug))]
public sealed class EnableVchDebugCommand : VchDebugCmdlet
{
    /// <summary>How much is logged: 1 every request, 2 and 3 the server's own steps as well.</summary>
    [Parameter]
    [ValidateRange(1, 3)]
    public int Level { get; set; } = 1;

    /// <summary>Refused: an endpoint has no SSH server and no shell to log in to. What is not in the log cannot be looked at.</summary>
    [Parameter]
    public SwitchParameter EnableSsh { get; set; }

    private protected override int WantedLevel => Level;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (EnableSsh)
        {
            Refuse(
                "NoSshServer",
                VicErrorKind.InvalidInput,
                "-EnableSsh: the endpoint of this product has no SSH server, no shell and no passwords: whoever breaks in finds nothing to log in with.",
                action: "Enable the debug log instead, and read the file on the datastore that the result names.");
        }
    }
}
