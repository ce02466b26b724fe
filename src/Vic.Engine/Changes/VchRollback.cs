using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Brings a VCH back to the state before its last upgrade or change with a restart: version, configuration and size of the endpoint VM. Containers run on, the
/// limits of the pool stay. A return that fails leaves the state that was there.
/// </summary>
public sealed class VchRollback
{
    private readonly VimClient _client;

    /// <summary>Works through a session.</summary>
    public VchRollback(VimClient client) => _client = client;

    /// <summary>Tells where it would go back to; changes nothing.</summary>
    /// <exception cref="VicException">There is nothing to go back to.</exception>
    public async Task<RollbackPlan> PlanAsync(VchInfo vch, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{vch.Name}'"));
        var present = await PresentVch.ReadAsync(_client, vch, cancellationToken).ConfigureAwait(false);
        UpdateLock.RefuseWhileHeld(present);
        var point = PointOf(present);
        var earlier = await ReadAsync(point, cancellationToken).ConfigureAwait(false);
        return new RollbackPlan(present.Info.Version, earlier.Executor.Version?.ShortVersion ?? "", point.Name, point.Created);
    }

    /// <summary>Goes back.</summary>
    /// <returns>The VCH as it is now.</returns>
    /// <exception cref="VicException">There is nothing to go back to.</exception>
    /// <exception cref="ChangeException">It could not go back, and is as it was.</exception>
    public async Task<VchInfo> RunAsync(VchInfo vch, TimeSpan timeout, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        await PlanAsync(vch, progress, cancellationToken).ConfigureAwait(false);
        var change = new EndpointChange(_client, vch, "Restore-VCH", "rollback", progress);
        await change.RunAsync((present, token) => WorkAsync(present, change.Owner, timeout, token), cancellationToken).ConfigureAwait(false);
        return await new VchInventory(_client).ReadAsync(vch.Reference, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ChangeWork?> WorkAsync(PresentVch present, UpdateOwner owner, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var point = PointOf(present);
        var earlier = await ReadAsync(point, cancellationToken).ConfigureAwait(false);
        return new ChangeWork
        {
            Kind = RollbackPoint.Return,
            Apply = async token =>
            {
                // The snapshot has the mark of the change that took it; this one is not over yet.
                var revocations = await Snapshots.ReadRevocationsAsync(_client, present.Reference, token).ConfigureAwait(false);
                await Snapshots.RevertAsync(
                    _client, present.Reference, point.Snapshot, [.. UpdateLock.MarkOf(owner), .. revocations], token).ConfigureAwait(false);
                await new VmGroupChange(_client, present).BringAsync(
                    VmGroupChange.NameIn(present.Info.Configuration), VmGroupChange.NameIn(earlier), token).ConfigureAwait(false);
            },
            Tls = EndpointTls.Of(present.Info.TlsMode, earlier.Certificates),
            Timeout = timeout,
            Obsolete = points => points.Where(candidate => candidate.Snapshot == point.Snapshot || candidate.IsOfKind(RollbackPoint.Return)),
        };
    }

    private static RollbackPoint PointOf(PresentVch present) =>
        present.Points.FirstOrDefault(point => point.IsCurrent && !point.IsOfKind(RollbackPoint.Return)) ?? throw new VicException(
            "NothingToRestore", VicErrorKind.NotFound, $"'{present.Name}' has no earlier state to go back to: its last snapshot is not one of Update-VCH or Set-VCH.")
        {
            Target = present.Name,
        };

    private async Task<VirtualContainerHostConfiguration> ReadAsync(RollbackPoint point, CancellationToken cancellationToken)
    {
        var keys = await _client.GetPropertyAsync<List<OptionValue>>(point.Snapshot, "config.extraConfig", cancellationToken).ConfigureAwait(false);
        return VirtualContainerHostConfiguration.Read(new GuestInfoReader(MachineInventory.Keys(keys)));
    }
}
