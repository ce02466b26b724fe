using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Docker;
using Vic.Engine.Requests;
using Vic.PowerShell.Background;
using Vic.PowerShell.Commands.Requests;
using Vic.PowerShell.Output;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands;

/// <summary>Creates a virtual container host: a Docker API whose containers are virtual machines of their own.</summary>
[Cmdlet(VerbsCommon.New, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(VirtualContainerHost), typeof(VicTask))]
public sealed class NewVchCommand : VchRequestCmdlet
{
    /// <summary>
    /// Returns as soon as the endpoint VM is powered on. Whether it serves Docker is not looked at: <c>IsVerified</c> of the result is false.
    /// </summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>
    /// Takes a VCH that exists with this configuration as it is, and changes nothing. One that exists with another is an error that lists the differences.
    /// </summary>
    [Parameter]
    public SwitchParameter IfNotExists { get; set; }

    /// <summary>Also writes a context for the Docker client, for <c>docker --context</c>. It stays when the VCH is removed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DockerContext { get; set; }

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
        if (FindSame(server, request) is { } existing)
        {
            WriteVerbose($"'{existing.Name}' exists with this configuration; nothing was changed.");
            WriteObject(existing);
            return;
        }

        CheckContext();
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

        var context = DockerContext;
        RunOrStart(
            RunAsync,
            VchName,
            async (progress, cancellationToken) =>
            {
                var vch = new VirtualContainerHost(
                    await new VchDeployment(server.Client).RunAsync(request, progress, cancellationToken).ConfigureAwait(false), server);
                WriteContext(context, vch, progress);
                return vch;
            },
            vch => vch);
    }

    private VirtualContainerHost? FindSame(VicServer server, VchRequest request) => !IfNotExists ? null : Run(
        async (progress, cancellationToken) =>
        {
            var existing = await new VchDeployment(server.Client).FindSameAsync(request, progress, cancellationToken).ConfigureAwait(false);
            if (existing is null)
            {
                return null;
            }

            var vch = new VirtualContainerHost(existing, server, CertificateSearch.Find(existing, request.Tls.CertificatePath));
            WriteContext(DockerContext, vch, progress);
            return vch;
        },
        VchName);

    // A name that cannot be used is told before anything is made.
    private void CheckContext()
    {
        if (DockerContext is not null)
        {
            Run((_, _) => Task.FromResult(DockerContexts.OfUser().CheckName(DockerContext)), DockerContext);
        }
    }

    // The VCH is there: what keeps its context from being written is no reason to call it a failure.
    private static void WriteContext(string? context, VirtualContainerHost vch, IProgress<StepProgress> progress)
    {
        if (context is null)
        {
            return;
        }

        var certificates = vch.CertificatePath is null ? null : new CertificateFolder(vch.CertificatePath);
        if (vch.DockerHost is null || (vch.Info.TlsMode == TlsMode.Mutual && certificates?.HoldsClientOf(vch.Info.ClientAuthorities) != true))
        {
            var reason = vch.DockerHost is null ? $"the address of '{vch.Name}' is not known yet" : $"its folder holds no client certificate for '{vch.Name}'";
            progress.Report(StepProgress.Warning($"The docker context '{context}' was not written: {reason}."));
            return;
        }

        try
        {
            progress.Report(new($"Writing the docker context '{context}'"));
            DockerContexts.OfUser().Write(context, $"VCH {vch.Name} on {vch.Server}", vch.DockerHost, vch.Info.TlsMode, certificates);
        }
        catch (VicException exception)
        {
            progress.Report(StepProgress.Warning($"The docker context '{context}' was not written: {exception.Message} {exception.RecommendedAction}"));
        }
    }
}
