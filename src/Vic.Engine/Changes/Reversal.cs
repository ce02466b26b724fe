using Vic.Engine.Deployment;
using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Brings an endpoint VM back to the state that a change has found, wherever the change broke off.</summary>
internal sealed class Reversal(VimClient client, PresentVch vch, UpdateOwner owner, IProgress<StepProgress> progress)
{
    private readonly EndpointPower _power = new(client, vch.Reference, vch.Datacenter.Reference);

    private List<OptionValue>? _revocations;

    /// <summary>Whether the endpoint VM may no longer be as it was.</summary>
    public bool IsMachineTouched { get; set; }

    /// <summary>Whether the pool may no longer be as it was.</summary>
    public bool ArePoolLimitsTouched { get; set; }

    /// <summary>Whether it had power.</summary>
    public bool WasOn { get; init; }

    /// <summary>Whether it served, and so must serve again.</summary>
    public bool WasServing { get; set; }

    /// <summary>How long it may take to serve again.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Takes back what can be, and notes what cannot.</summary>
    public async Task RunAsync(Leftovers left, CancellationToken cancellationToken)
    {
        if (ArePoolLimitsTouched)
        {
            progress.Report(new("Setting the limits of the pool back"));
            await left.RemoveAsync("the new limits of the pool", RestoreLimitsAsync, cancellationToken).ConfigureAwait(false);
        }

        if (!IsMachineTouched)
        {
            return;
        }

        progress.Report(new("Going back to the state before"));
        var count = left.Names.Count;
        await left.RemoveAsync("the new state of the endpoint VM", RestoreMachineAsync, cancellationToken).ConfigureAwait(false);
        if (left.Names.Count > count)
        {
            // The snapshot is all that is left of the state before.
            return;
        }

        if (WasServing)
        {
            await left.RemoveAsync(
                "the interruption: the Docker API does not answer",
                token => vch.ReadinessOf(client).WaitAsync(Timeout, progress, token),
                cancellationToken).ConfigureAwait(false);
        }

        await left.RemoveAsync("the snapshot of the change", RemoveSnapshotsAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task RestoreMachineAsync(CancellationToken cancellationToken)
    {
        await RunningTasks.SettleAsync(client, [vch.Reference], methods: [], cancellationToken).ConfigureAwait(false);
        await RunningTasks.SettleAsync(client, [vch.Datacenter.Reference], ["PowerOnMultiVM_Task"], cancellationToken).ConfigureAwait(false);

        // A guest that was asked to shut down may do so at any moment.
        await _power.OffAsync(cancellationToken).ConfigureAwait(false);
        if (await PointsAsync(cancellationToken).ConfigureAwait(false) is [var point, ..])
        {
            // First, because afterwards nothing names the group that the change has made.
            await new VmGroupChange(client, vch).BringBackAsync(point.Snapshot, cancellationToken).ConfigureAwait(false);

            // Read once: after a return that is made again they would be those of the snapshot.
            _revocations ??= await Snapshots.ReadRevocationsAsync(client, vch.Reference, cancellationToken).ConfigureAwait(false);
            await Snapshots.RevertAsync(
                client, vch.Reference, point.Snapshot, [.. UpdateLock.MarkOf(owner), .. _revocations], cancellationToken).ConfigureAwait(false);
        }

        if (WasOn)
        {
            progress.Report(new("Powering on the endpoint VM"));
            await _power.OnAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RemoveSnapshotsAsync(CancellationToken cancellationToken)
    {
        await RunningTasks.SettleAsync(client, [vch.Reference], methods: [], cancellationToken).ConfigureAwait(false);
        foreach (var point in await PointsAsync(cancellationToken).ConfigureAwait(false))
        {
            await Snapshots.RemoveAsync(client, point.Snapshot, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<RollbackPoint>> PointsAsync(CancellationToken cancellationToken)
    {
        var machine = await InventoryView.ReadAsync(client, vch.Reference, ["snapshot"], cancellationToken).ConfigureAwait(false);
        return RollbackPoint.Of(machine.Get<VirtualMachineSnapshotInfo>("snapshot")).Where(point => point.IsOf(owner)).ToList();
    }

    private Task RestoreLimitsAsync(CancellationToken cancellationToken)
    {
        var former = vch.FormerLimits ?? vch.Limits!;
        return new ResourcePool(client, vch.Pool!.Value).UpdateConfigAsync(
            config: new ResourceConfigSpec { CpuAllocation = former.CpuAllocation, MemoryAllocation = former.MemoryAllocation },
            cancellationToken: cancellationToken);
    }
}
