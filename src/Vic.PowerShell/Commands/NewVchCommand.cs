using System.Management.Automation;
using Vic.Engine.Deployment;
using Vic.PowerShell.Background;
using Vic.PowerShell.Commands.Requests;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.Commands;

/// <summary>Creates a virtual container host: a Docker API whose containers are virtual machines of their own.</summary>
[Cmdlet(VerbsCommon.New, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = MutualTls)]
[OutputType(typeof(VirtualContainerHost), typeof(VicTask))]
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

    /// <summary>Starts the deployment and writes its task, for <c>Wait-VICTask</c>.</summary>
    [Parameter]
    public SwitchParameter RunAsync { get; set; }

    private protected override void ProcessLocation()
    {
        var server = SelectServer(Location, Datacenter, Datastore);
        var request = ReadRequest(server) with { SkipReadiness = NoWait, Timeout = TimeSpan.FromSeconds(Timeout) };
        var action = $"Create a virtual container host on {server}";
        if (!ShouldProcess($"Performing the operation \"{action}\" on target \"{VchName}\".", $"{action}: {VchName}?", "Confirm", out var reason))
        {
            // Everything that would stop the real run is told now, and nothing is changed.
            TryRun((progress, cancellationToken) => new VchDeployment(server.Client).ValidateAsync(request, progress, cancellationToken), VchName, out var grants);
            foreach (var grant in (reason == ShouldProcessReason.WhatIf ? grants : null) ?? [])
            {
                ShouldProcess(grant.EntityName, $"Grant the role '{grant.Role}' to '{OperationsCredential!.UserName}'");
            }

            return;
        }

        RunOrStart(
            RunAsync, VchName, (progress, cancellationToken) => new VchDeployment(server.Client).RunAsync(request, progress, cancellationToken),
            deployed => new VirtualContainerHost(deployed, server));
    }
}
