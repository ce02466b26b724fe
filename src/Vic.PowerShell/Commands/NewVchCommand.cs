using System.Management.Automation;
using Vic.Engine.Deployment;
using Vic.PowerShell.Commands.Requests;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.Commands;

/// <summary>Creates a virtual container host: a Docker API whose containers are virtual machines of their own.</summary>
[Cmdlet(VerbsCommon.New, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = MutualTls)]
[OutputType(typeof(VirtualContainerHost))]
public sealed class NewVchCommand : VchRequestCmdlet
{
    /// <summary>
    /// Returns as soon as the endpoint VM is powered on. Whether it serves Docker is not looked at: <c>IsVerified</c> of the result is false.
    /// </summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>How many seconds to wait for the Docker API after power-on.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int Timeout { get; set; } = 180;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RejectPipedText(nameof(Location), Location);
        var server = SelectServer(Location, Datacenter, Datastore);
        var request = ReadRequest(server) with { SkipReadiness = NoWait, Timeout = TimeSpan.FromSeconds(Timeout) };
        var action = $"Create a virtual container host on {server}";
        if (!ShouldProcess($"Performing the operation \"{action}\" on target \"{Name}\".", $"{action}: {Name}?", "Confirm", out var reason))
        {
            // Everything that would stop the real run is told now, and nothing is changed.
            var grants = Run((progress, cancellationToken) => new VchDeployment(server.Client).ValidateAsync(request, progress, cancellationToken), Name);
            foreach (var grant in reason == ShouldProcessReason.WhatIf ? grants : [])
            {
                ShouldProcess(grant.EntityName, $"Grant the role '{grant.Role}' to '{OperationsCredential!.UserName}'");
            }

            return;
        }

        var deployed = Run((progress, cancellationToken) => new VchDeployment(server.Client).RunAsync(request, progress, cancellationToken), Name);
        WriteObject(new VirtualContainerHost(deployed, server));
    }
}
