using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Logs;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Changes an endpoint VM so that at every moment either the old or the new one can be had: under the update lock, with a snapshot of the state before, and
/// back to it by itself when anything goes wrong or the caller gives up. Container VMs are not touched.
/// </summary>
internal sealed class EndpointChange
{
    private static readonly TimeSpan ReversalTimeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FinishTimeout = TimeSpan.FromMinutes(5);

    private readonly CompensationStack _undo = new();
    private readonly VimClient _client;
    private readonly VchInfo _vch;
    private readonly UpdateOwner _owner;
    private readonly OperationLog _log;
    private PresentVch? _present;
    private Reversal? _reversal;

    /// <param name="client">The session.</param>
    /// <param name="vch">The VCH as it was listed.</param>
    /// <param name="action">The cmdlet, for the mark.</param>
    /// <param name="operation">What <c>vic-machine</c> calls it, for the log beside the endpoint VM.</param>
    /// <param name="progress">Who is shown the steps.</param>
    public EndpointChange(VimClient client, VchInfo vch, string action, string operation, IProgress<StepProgress> progress)
    {
        _client = client;
        _vch = vch;
        _owner = UpdateOwner.New(action);
        _log = new OperationLog(operation, progress);
    }

    /// <summary>The mark that this change sets.</summary>
    public UpdateOwner Owner => _owner;

    /// <summary>Where steps are reported, so that they are written down as well.</summary>
    public IProgress<StepProgress> Progress => _log;

    /// <summary>Changes it.</summary>
    /// <param name="plan">Says what is to be done to the VCH as it is under the lock; null for nothing.</param>
    /// <param name="cancellationToken">Gives the change up, and takes it back.</param>
    /// <exception cref="VicException">Another change is under way.</exception>
    /// <exception cref="ChangeException">It could not be changed.</exception>
    public async Task RunAsync(Func<PresentVch, CancellationToken, Task<ChangeWork?>> plan, CancellationToken cancellationToken)
    {
        var guard = new UpdateLock(_client, _vch, _owner);
        ChangeWork? work;
        try
        {
            await guard.TakeAsync(cancellationToken).ConfigureAwait(false);
            _log.Report(new($"Reading '{_vch.Name}'"));
            var present = _present = await PresentVch.ReadAsync(_client, _vch, cancellationToken).ConfigureAwait(false);
            work = await plan(present, cancellationToken).ConfigureAwait(false);
            if (work is not null)
            {
                _reversal = new Reversal(_client, present, _owner, _log) { WasOn = present.IsOn, Timeout = work.Timeout };
                await ApplyAsync(present, work, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not VicException { ErrorId: "UpdateInProgress" })
        {
            try
            {
                await TakeBackAsync(guard, exception, cancellationToken).ConfigureAwait(false);
                throw;
            }
            catch (Exception failure)
            {
                await KeepAsync(failure).ConfigureAwait(false);
                throw;
            }
        }

        await FinishAsync(guard, work).ConfigureAwait(false);
        await KeepAsync(failure: null).ConfigureAwait(false);
    }

    private Task KeepAsync(Exception? failure)
    {
        _log.End(failure);

        // What was refused before anything was done has nothing to tell the next administrator.
        return _present is null || (failure is not null && _reversal is null)
            ? Task.CompletedTask
            : _log.StoreAsync(_client, _present.DatacenterPath, _present.Home, warns: failure is null);
    }

    private async Task ApplyAsync(PresentVch present, ChangeWork work, CancellationToken cancellationToken)
    {
        if (work.Prepare is { } prepare)
        {
            await prepare(_undo, cancellationToken).ConfigureAwait(false);
        }

        if (work.Apply is { } apply)
        {
            await RestartAsync(present, work, apply, cancellationToken).ConfigureAwait(false);
        }

        if (work.Limits is { } limits)
        {
            _log.Report(new("Setting the limits of the pool"));
            _reversal!.ArePoolLimitsTouched = true;
            var former = new OptionValue { Key = GuestInfoNames.UpdateLimits, Value = LimitsText.Of(present.Limits!) };
            await MachineTasks.ReconfigureAsync(
                _client, _vch.Reference, new VirtualMachineConfigSpec { ExtraConfig = [former] }, cancellationToken).ConfigureAwait(false);
            await new ResourcePool(_client, present.Pool!.Value).UpdateConfigAsync(config: limits, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RestartAsync(
        PresentVch present, ChangeWork work, Func<CancellationToken, Task> apply, CancellationToken cancellationToken)
    {
        var power = new EndpointPower(_client, present.Reference, present.Datacenter.Reference);
        _reversal!.WasServing = await IsServingAsync(present, cancellationToken).ConfigureAwait(false);
        if (present.IsOn)
        {
            _log.Report(new("Shutting the endpoint VM down"));
            _reversal.IsMachineTouched = true;
            await power.ShutDownAsync(cancellationToken).ConfigureAwait(false);
        }

        _log.Report(new("Taking a snapshot of the endpoint VM"));
        _reversal.IsMachineTouched = true;
        await TidyAsync(cancellationToken).ConfigureAwait(false);
        await Snapshots.TakeAsync(
            _client, present.Reference, work.Kind + ProductVersion.Current, RollbackPoint.DescriptionFor(_owner), cancellationToken).ConfigureAwait(false);
        _log.Report(new("Changing the endpoint VM"));
        await apply(cancellationToken).ConfigureAwait(false);
        _log.Report(new("Powering on the endpoint VM"));
        await power.OnAsync(cancellationToken).ConfigureAwait(false);
        await AwaitServiceAsync(present, work, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsServingAsync(PresentVch present, CancellationToken cancellationToken)
    {
        if (!present.IsOn || present.Info.DockerHost is not { } host)
        {
            return false;
        }

        _log.Report(new("Looking whether the Docker API answers"));
        using var probe = new DockerProbe(new Uri(host).Authority, EndpointTls.Of(present.Info));
        return await probe.TryAsync(cancellationToken).ConfigureAwait(false) is null;
    }

    /// <summary>
    /// Takes away what a start must not find: reports of the run before, which would be taken for its own, and disks of image layers, which a later
    /// return to this state would look for in vain.
    /// </summary>
    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        var machine = await InventoryView.ReadAsync(
            _client, _vch.Reference, ["config.extraConfig", "config.hardware.device"], cancellationToken).ConfigureAwait(false);
        var disks = machine.Get<IReadOnlyList<VirtualDevice>>("config.hardware.device")?.OfType<VirtualDisk>() ?? [];
        var keys = MachineInventory.Keys(machine);
        var reports = EndpointServices.ReportKeys(keys).Append(GuestInfoNames.AssignedAddress(GuestInfoKey.Appliance, "client"));
        await MachineTasks.ReconfigureAsync(
            _client,
            _vch.Reference,
            new VirtualMachineConfigSpec
            {
                DeviceChange = disks.Select(disk => new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, Device = disk }).ToList(),
                ExtraConfig = reports.Where(keys.ContainsKey).Select(key => new OptionValue { Key = key, Value = "" }).ToList(),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task AwaitServiceAsync(PresentVch present, ChangeWork work, CancellationToken cancellationToken)
    {
        try
        {
            await present.ReadinessOf(_client, work.Tls).WaitAsync(work.Timeout, _log, cancellationToken).ConfigureAwait(false);
        }
        catch (VicException exception) when (!_reversal!.WasServing)
        {
            // It did not serve before, or cannot be reached from here: going back would not mend that.
            _log.Report(StepProgress.Warning($"The Docker API of '{_vch.Name}' did not answer before the change, and does not after it: {exception.Message}"));
        }
    }

    private async Task TakeBackAsync(UpdateLock guard, Exception exception, CancellationToken cancellationToken)
    {
        // The caller's token may be cancelled already; going back has a time of its own.
        using var limit = new CancellationTokenSource(ReversalTimeout);
        var left = new Leftovers();
        if (_reversal is { } reversal)
        {
            await reversal.RunAsync(left, limit.Token).ConfigureAwait(false);
        }

        var others = await _undo.UndoAsync(_log, limit.Token).ConfigureAwait(false);
        if (left.Names.Count == 0)
        {
            await left.RemoveAsync("the mark of the change", guard.ReleaseAsync, limit.Token).ConfigureAwait(false);
        }

        if (left.Names.Count == 0 && others.Count == 0 && exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            _log.Report(StepProgress.Warning($"The change of '{_vch.Name}' was cancelled; it is as it was before."));
            return;
        }

        if (_reversal is not null || left.Names.Count > 0)
        {
            throw new ChangeException(_vch.Name, exception, [.. left.Names, .. others]);
        }
    }

    private async Task FinishAsync(UpdateLock guard, ChangeWork? work)
    {
        using var limit = new CancellationTokenSource(FinishTimeout);
        var left = new Leftovers();
        if (work is { Apply: not null })
        {
            _log.Report(new("Removing older snapshots"));
            await left.RemoveAsync("an older snapshot of the endpoint VM", token => RemoveObsoleteAsync(work, token), limit.Token).ConfigureAwait(false);
        }

        await left.RemoveAsync("the mark of the change", guard.ReleaseAsync, limit.Token).ConfigureAwait(false);
        if (left.Names.Count > 0)
        {
            throw new VicException("ChangeNotFinished", VicErrorKind.Failed, $"'{_vch.Name}' was changed and serves, but this is left: {string.Join("; ", left.Names)}.")
            {
                RecommendedAction = $"Remove snapshots with the vSphere Client. While the mark is there, '{_vch.Name}' cannot be changed again: set its advanced parameter "
                    + $"{GuestInfoNames.UpdateInProgress} to false. -ResetProgress would undo the change.",
                Target = _vch.Name,
            };
        }
    }

    private async Task RemoveObsoleteAsync(ChangeWork work, CancellationToken cancellationToken)
    {
        await RunningTasks.SettleAsync(_client, [_vch.Reference], methods: [], cancellationToken).ConfigureAwait(false);
        var machine = await InventoryView.ReadAsync(_client, _vch.Reference, ["snapshot"], cancellationToken).ConfigureAwait(false);
        foreach (var point in work.Obsolete(RollbackPoint.Of(machine.Get<VirtualMachineSnapshotInfo>("snapshot"))))
        {
            await Snapshots.RemoveAsync(_client, point.Snapshot, cancellationToken).ConfigureAwait(false);
        }
    }
}
