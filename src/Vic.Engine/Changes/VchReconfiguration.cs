using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Changes settings of a VCH that exists. What needs no restart is changed at once; for the rest the endpoint VM is restarted, while containers run on. A
/// change that fails or is cancelled leaves the VCH as it was.
/// </summary>
public sealed class VchReconfiguration
{
    private readonly VimClient _client;

    /// <summary>Changes through a session.</summary>
    public VchReconfiguration(VimClient client) => _client = client;

    /// <summary>What would be changed; changes nothing.</summary>
    /// <exception cref="Validation.ValidationException">The request cannot be carried out; all problems are listed.</exception>
    public async Task<IReadOnlyList<SettingChange>> PlanAsync(
        VchInfo vch, VchChangeRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(vch, request, progress, cancellationToken).ConfigureAwait(false);
        foreach (var warning in plan.Warnings)
        {
            progress.Report(StepProgress.Warning($"{warning.Message} {warning.Remedy}"));
        }

        return plan.Changes;
    }

    /// <summary>Changes the VCH; where nothing differs, nothing is touched.</summary>
    /// <returns>The VCH as it is now, and what was changed.</returns>
    /// <exception cref="Validation.ValidationException">The request cannot be carried out; nothing was changed.</exception>
    /// <exception cref="ChangeException">It could not be changed, and is as it was before.</exception>
    public async Task<ChangedVch> RunAsync(
        VchInfo vch, VchChangeRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(vch, request, progress, cancellationToken).ConfigureAwait(false);
        if (plan.Changes.Count == 0)
        {
            return new ChangedVch(vch, plan.Changes);
        }

        var change = new EndpointChange(_client, vch, "Set-VCH", "configure", progress);
        await change.RunAsync(
            async (present, token) =>
            {
                // Somebody may have changed it before the lock was taken.
                plan = await ChangePlanner.PlanAsync(_client, present, request, token).ConfigureAwait(false);
                return plan.Changes.Count == 0 ? null : WorkOf(present, plan, request.Timeout);
            },
            cancellationToken).ConfigureAwait(false);
        KeepCopy(plan.Certificates, progress);
        return new ChangedVch(await new VchInventory(_client).ReadAsync(vch.Reference, cancellationToken).ConfigureAwait(false), plan.Changes);
    }

    private async Task<ChangePlan> ReadPlanAsync(
        VchInfo vch, VchChangeRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{vch.Name}'"));
        var present = await PresentVch.ReadAsync(_client, vch, cancellationToken).ConfigureAwait(false);
        UpdateLock.RefuseWhileHeld(present);
        return await ChangePlanner.PlanAsync(_client, present, request, cancellationToken).ConfigureAwait(false);
    }

    private ChangeWork WorkOf(PresentVch present, ChangePlan plan, TimeSpan timeout)
    {
        var tls = plan.Certificates?.Apply(plan.Configuration.Certificates);
        var spec = plan.Hardware;
        spec.ExtraConfig = GuestInfoSet.Changes(present.ReadConfiguration(plan.SecretKey), plan.Configuration, plan.SecretKey)
            .Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value }).ToList();
        return new ChangeWork
        {
            Kind = RollbackPoint.Reconfiguration,
            Prepare = (undo, token) => PrepareAsync(present, plan, spec.ExtraConfig, undo, token),
            Apply = plan.NeedsRestart ? token => ApplyAsync(present, plan, spec, token) : null,
            Limits = plan.Limits,
            Tls = tls,
            Timeout = timeout,
            Obsolete = points => points.Where(point => point.IsOfKind(RollbackPoint.Reconfiguration) && !point.IsCurrent),
        };
    }

    private async Task PrepareAsync(
        PresentVch present, ChangePlan plan, List<OptionValue> keys, CompensationStack undo, CancellationToken cancellationToken)
    {
        plan.Certificates?.WriteBefore(undo);
        if (plan.VolumeStores is { } stores)
        {
            await stores.CreateFoldersAsync(undo, cancellationToken).ConfigureAwait(false);
        }

        if (plan.Grants is { } grants)
        {
            await grants.RunAsync(undo, cancellationToken).ConfigureAwait(false);
        }

        if (!plan.NeedsRestart && keys.Count > 0)
        {
            // The endpoint does not read them, so it need not be restarted for them.
            var former = keys.ConvertAll(key => new OptionValue { Key = key.Key, Value = present.Keys.TryGetValue(key.Key, out var value) ? value : "" });
            undo.Push("the new keys of the endpoint VM", token => SetKeysAsync(present, former, token));
            await SetKeysAsync(present, keys, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task SetKeysAsync(PresentVch present, List<OptionValue> keys, CancellationToken cancellationToken) =>
        MachineTasks.ReconfigureAsync(_client, present.Reference, new VirtualMachineConfigSpec { ExtraConfig = keys }, cancellationToken);

    private async Task ApplyAsync(PresentVch present, ChangePlan plan, VirtualMachineConfigSpec spec, CancellationToken cancellationToken)
    {
        // The keys first: they tell a change that is taken back which group there may be.
        await MachineTasks.ReconfigureAsync(_client, present.Reference, spec, cancellationToken).ConfigureAwait(false);
        await new VmGroupChange(_client, present).BringAsync(
            VmGroupChange.NameIn(present.Info.Configuration), VmGroupChange.NameIn(plan.Configuration), cancellationToken).ConfigureAwait(false);
    }

    // The VCH serves with the new certificate already; a copy that cannot be written is no reason to go back.
    private static void KeepCopy(CertificateChange? certificates, IProgress<StepProgress> progress)
    {
        try
        {
            certificates?.WriteAfter();
        }
        catch (Exception exception) when (exception is VicException or IOException or UnauthorizedAccessException)
        {
            progress.Report(StepProgress.Warning($"The new certificate is in use, but its copy could not be kept: {exception.Message}"));
        }
    }
}
