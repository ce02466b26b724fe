using Vic.Engine.Certificates;
using Vic.Engine.Documents;
using Vic.Engine.Inspection;
using Vic.Engine.Logs;
using Vic.Engine.Permissions;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>
/// Creates a VCH: checks everything, makes pool, folder and endpoint VM, uploads the ISOs, powers on, waits for the Docker API if asked to. When a
/// step fails, or the caller gives up, everything that was made is removed again.
/// </summary>
public sealed class VchDeployment
{
    private static readonly TimeSpan UndoTimeout = TimeSpan.FromMinutes(5);

    private readonly VimClient _client;

    /// <summary>Deploys through a session.</summary>
    public VchDeployment(VimClient client) => _client = client;

    /// <summary>Checks a request without changing anything.</summary>
    /// <returns>What the endpoint's account would be granted.</returns>
    /// <exception cref="Validation.ValidationException">The request cannot be carried out; all problems are listed.</exception>
    public async Task<IReadOnlyList<PermissionGrant>> ValidateAsync(
        VchRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Checking the request"));
        var plan = await VchPlanner.PlanAsync(_client, request, progress, cancellationToken).ConfigureAwait(false);
        return await PlannedGrants.PreviewAsync(_client, plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells what every check of a request finds, without changing anything.</summary>
    public async Task<IReadOnlyList<ValidationCheck>> TestAsync(VchRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Checking the request"));
        var (_, checks) = await VchPlanner.CheckAsync(_client, request, cancellationToken).ConfigureAwait(false);
        return checks.Checks;
    }

    /// <summary>Finds the VCH that a request would make.</summary>
    /// <returns>The VCH; null when there is none.</returns>
    /// <exception cref="VicException">There is one of that name in that place, with another configuration; the differences are listed.</exception>
    public async Task<VchInfo?> FindSameAsync(VchRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var named = (await new VchInventory(_client).ListAsync(progress, cancellationToken).ConfigureAwait(false))
            .Where(vch => string.Equals(vch.Name, request.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 0)
        {
            return null;
        }

        var plan = await VchPlanner.PlanExistingAsync(_client, request, cancellationToken).ConfigureAwait(false);
        if (named.FirstOrDefault(vch => IsIn(vch, plan)) is not { } existing)
        {
            return null;
        }

        var present = await new VchExport(_client).ReadAsync(existing, progress, cancellationToken).ConfigureAwait(false);
        var differences = present.DifferencesFrom(PlanDescription.Describe(plan, _client.Server));
        return differences.Count == 0 ? existing : throw new VicException(
            "VchDiffers",
            VicErrorKind.AlreadyExists,
            $"'{existing.Name}' exists with another configuration:{string.Concat(differences.Select(difference => $"{Environment.NewLine}  -{difference}"))}")
        {
            RecommendedAction = "Ask for what Export-VCHConfiguration shows, or give the new VCH another name.",
            Target = existing.Name,
        };
    }

    /// <summary>Creates the VCH.</summary>
    /// <exception cref="Validation.ValidationException">The request cannot be carried out; nothing was changed.</exception>
    /// <exception cref="DeploymentException">A step failed; what was made is removed again.</exception>
    public async Task<DeployedVch> RunAsync(VchRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var log = new OperationLog("create", progress);
        log.Report(new("Checking the request"));
        var plan = await VchPlanner.PlanAsync(_client, request, log, cancellationToken).ConfigureAwait(false);
        var undo = new CompensationStack();
        try
        {
            return await BuildAsync(plan, undo, log, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The caller's token may be cancelled already; cleaning up has a time of its own.
            using var limit = new CancellationTokenSource(UndoTimeout);
            var left = await undo.UndoAsync(progress, limit.Token).ConfigureAwait(false);
            if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested && left.Count == 0)
            {
                throw;
            }

            throw new DeploymentException(request.Name, exception, left);
        }
    }

    // Without DRS a VCH has no pool of its own.
    private static bool IsIn(VchInfo vch, VchPlan plan) =>
        vch.Pool == plan.Compute.ParentPool || plan.Inventory.Find(vch.Pool)?.Parent == plan.Compute.ParentPool;

    private async Task<DeployedVch> BuildAsync(
        VchPlan plan, CompensationStack undo, OperationLog log, CancellationToken cancellationToken)
    {
        var certificates = CreateCertificates(plan.Tls, undo, log);
        var build = new EndpointBuild(_client, plan, undo, log);
        var machine = await build.CreateMachineAsync(cancellationToken).ConfigureAwait(false);
        await build.CreateVolumeFoldersAsync(cancellationToken).ConfigureAwait(false);
        await build.UploadIsosAsync(cancellationToken).ConfigureAwait(false);
        await build.ConfigureAsync(certificates, cancellationToken).ConfigureAwait(false);
        await build.CreateVmGroupAsync(cancellationToken).ConfigureAwait(false);
        await build.GrantAsync(cancellationToken).ConfigureAwait(false);

        // Also for whoever finds the endpoint VM when this process has ended with a power cut.
        await build.StoreAsync(log).ConfigureAwait(false);
        await build.PowerOnAsync(cancellationToken).ConfigureAwait(false);
        var docker = plan.Request.SkipReadiness ? null : await new Readiness(
                _client, machine, plan.Request.Name, plan.Advertised, EndpointTls.Of(plan.Tls.Mode, certificates))
            .WaitAsync(plan.Request.Timeout, log, cancellationToken).ConfigureAwait(false);
        log.Report(new("Reading the finished VCH"));
        var vch = await new VchInventory(_client).ReadAsync(machine, cancellationToken).ConfigureAwait(false);
        var described = Describe(plan, vch, docker, undo);
        log.End();
        await build.StoreAsync(log).ConfigureAwait(false);
        return described;
    }

    private static DeployedVch Describe(VchPlan plan, VchInfo vch, string? verified, CompensationStack undo)
    {
        var folder = plan.Tls.Folder;
        var certificatePath = plan.Tls.Mode == TlsMode.None ? null : folder.Path;
        var docker = verified ?? vch.DockerHost;
        if (docker is null)
        {
            return new DeployedVch(vch, null, IsVerified: false, certificatePath, new Dictionary<string, string>(), null);
        }

        var environment = DockerEnvironment.Create(docker, plan.Tls.Mode, folder.Path);
        undo.Push($"the environment file in '{folder.Path}'", _ => Undo(folder));
        var file = folder.WriteText($"{plan.Request.Name}.env", DockerEnvironment.ToFile(environment));
        return new DeployedVch(vch, docker, verified is not null, certificatePath, environment, file);
    }

    private static CertificateSet? CreateCertificates(TlsPlan tls, CompensationStack undo, OperationLog progress)
    {
        if (tls.Mode == TlsMode.None || tls.Existing is not null)
        {
            return tls.Existing;
        }

        progress.Report(new("Making certificates"));
        var certificates = CertificateSet.Create(new CertificateIssuer(tls.Keys, tls.Organizations, DateTimeOffset.UtcNow), tls.Mode, tls.Names);
        undo.Push($"the certificates in '{tls.Folder.Path}'", _ => Undo(tls.Folder));
        tls.Folder.Write(certificates);
        return certificates;
    }

    private static Task Undo(CertificateFolder folder)
    {
        folder.Undo();
        return Task.CompletedTask;
    }
}
