using System.Management.Automation;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that stops containers.</summary>
public abstract class ContainerStopCmdlet : ContainerCmdlet
{
    private const int LongestTimeout = 24 * 60 * 60;

    /// <summary>
    /// Seconds between the stop signal and the kill; without it the container's own (<c>docker create --stop-timeout</c>), or 10.
    /// </summary>
    [Parameter]
    [ValidateRange(0, LongestTimeout)]
    public int Timeout { get; set; }

    /// <summary>Powers the virtual machines off at once; what the containers have not written to their disks is lost.</summary>
    [Parameter]
    [Alias("Force")]
    public SwitchParameter Kill { get; set; }

    /// <summary>Writes the containers as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The time between signal and kill; null for the container's own.</summary>
    private protected TimeSpan? Grace => MyInvocation.BoundParameters.ContainsKey(nameof(Timeout)) ? TimeSpan.FromSeconds(Timeout) : null;

    private protected void WriteIfWanted(Engine.Inspection.ContainerVmInfo? container, ContainerTarget target)
    {
        if (PassThru && container is not null)
        {
            WriteObject(new Output.ContainerVM(container, target.Server));
        }
    }
}
