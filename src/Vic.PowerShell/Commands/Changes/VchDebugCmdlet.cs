using System.Management.Automation;
using Vic.Engine.Changes;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands.Changes;

/// <summary>A cmdlet that sets how much an endpoint logs.</summary>
public abstract class VchDebugCmdlet : VchCmdlet
{
    /// <summary>How many seconds the endpoint may take to serve again; then the change is taken back.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int Timeout { get; set; } = 180;

    private protected abstract int WantedLevel { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            var vch = target.Vch;
            if (vch.DebugLevel != WantedLevel)
            {
                var request = new VchChangeRequest { DebugLevel = WantedLevel, Timeout = TimeSpan.FromSeconds(Timeout) };
                if (!ShouldProcess(target.ToString(), $"Set the debug level from {vch.DebugLevel} to {WantedLevel}, restarting the endpoint VM while containers run on")
                    || !TryRun(
                        (progress, token) => new VchReconfiguration(target.Server.Client).RunAsync(vch, request, progress, token), vch.Name, out var changed))
                {
                    continue;
                }

                vch = changed!.Vch;
            }

            WriteObject(new VchDebug(vch));
        }
    }
}
