using System.Management.Automation;
using Vic.Engine.Firewall;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Lets the hosts of a cluster bring the serial ports of containers to endpoints, or stops it. Only containers without a bridge network use them.
/// </summary>
[Cmdlet(VerbsCommon.Set, "VCHFirewall", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Allow")]
[OutputType(typeof(HostFirewallChange))]
public sealed class SetVchFirewallCommand : ServerCmdlet
{
    /// <summary>The cluster or host: an object or a name. Optional when there is only one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("ComputeResource", "Cluster", "VMHost")]
    [ArgumentCompleter(typeof(ComputeResourceCompleter))]
    public PSObject? Location { get; set; }

    /// <summary>Enables the ruleset.</summary>
    [Parameter(ParameterSetName = "Allow", Mandatory = true)]
    public SwitchParameter Allow { get; set; }

    /// <summary>Disables the ruleset.</summary>
    [Parameter(ParameterSetName = "Deny", Mandatory = true)]
    public SwitchParameter Deny { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RejectPipedText(nameof(Location), Location);
        var server = SelectServer(Location);
        var firewalls = new HostFirewalls(server.Client);
        var location = Location is null ? null : ReadInventory(Location, nameof(Location));
        foreach (var host in Run((progress, cancellationToken) => firewalls.FindAsync(location, progress, cancellationToken), server))
        {
            var action = Allow ? "Allow serial ports over the network" : "Deny serial ports over the network";
            if (ShouldProcess($"{host.Name} on {server}", action)
                && TryRun((progress, cancellationToken) => firewalls.SetAsync(host, Allow, progress, cancellationToken), host.Name, out var change))
            {
                WriteObject(change);
            }
        }
    }
}
