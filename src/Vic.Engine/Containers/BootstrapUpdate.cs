using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Containers;

/// <summary>
/// Moves container VMs to the bootstrap ISO that new containers of their VCH boot: they are stopped, get the ISO, and are started. One that cannot be
/// started with it has the earlier one again, and runs if it ran.
/// </summary>
public sealed class BootstrapUpdate
{
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromMinutes(5);

    private readonly VimClient _client;
    private readonly ContainerInventory _inventory;
    private readonly ContainerPower _power;

    /// <summary>Works through a session.</summary>
    public BootstrapUpdate(VimClient client)
    {
        _client = client;
        _inventory = new ContainerInventory(client);
        _power = new ContainerPower(client);
    }

    /// <summary>Checks whether a container can be moved, and tells from where to where; changes nothing.</summary>
    /// <param name="container">The container as it was listed.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="VicException">
    /// <c>OtherTether</c>: its configuration is that of vic-machine's endpoint, which the ISO cannot run, or its VCH is one of vic-machine. <c>UpdateInProgress</c>:
    /// its VCH is being changed. <c>NoBootstrap</c>: the ISO is not where its VCH says, or the machine has no drive for it.
    /// </exception>
    public async Task<BootstrapPlan> PlanAsync(ContainerVmInfo container, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{container.Name}'"));
        return (await ReadAsync(container, cancellationToken).ConfigureAwait(false)).Plan;
    }

    /// <summary>Moves a container; one that boots the ISO already is restarted, and one that is off is started.</summary>
    /// <param name="container">The container as it was listed.</param>
    /// <param name="timeout">The time between the stop signal and the kill; null for the container's own, or ten seconds.</param>
    /// <param name="kill">Powers the machine off at once; what the container has not written to its disk is lost.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Gives up: a container that has stopped already gets its earlier ISO again and is started, if it ran.</param>
    /// <returns>The container as it is then.</returns>
    /// <exception cref="VicException">It cannot be moved, for a reason of <see cref="PlanAsync"/>'s, or was removed when it stopped; or it could not be started, and is as before.</exception>
    public async Task<ContainerVmInfo> RunAsync(
        ContainerVmInfo container, TimeSpan? timeout, bool kill, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{container.Name}'"));
        var move = await ReadAsync(container, cancellationToken).ConfigureAwait(false);
        if (!move.Plan.IsNeeded)
        {
            return await _power.RestartAsync(container, timeout, kill, progress, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            if (await _power.StopAsync(container, timeout, kill, progress, cancellationToken).ConfigureAwait(false) is { } stopped)
            {
                progress.Report(new($"Giving '{container.Name}' the bootstrap ISO of {move.Plan.To}"));
                await MachineTasks.ReconfigureAsync(_client, container.Reference, move.Forward(), cancellationToken).ConfigureAwait(false);
                return await _power.StartAsync(stopped, progress, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception cause) when (cause is not VimFaultException fault || !Faults.IsGone(fault, container.Reference))
        {
            await TakeBackAsync(move, container, cause, progress).ConfigureAwait(false);
            throw;
        }

        throw ContainerPower.RemovedAtExit(container);
    }

    private async Task<BootstrapMove> ReadAsync(ContainerVmInfo container, CancellationToken cancellationToken)
    {
        var current = await _inventory.ReadAsync(container, cancellationToken).ConfigureAwait(false);
        var host = current.Host!;
        Check(current, host);
        var iso = host.Configuration.Containers.BootstrapImagePath;
        if (!await ExistsAsync(iso, host, cancellationToken).ConfigureAwait(false))
        {
            throw NoBootstrap(current, $"the ISO '{iso}' of its VCH '{host.Name}' is not there");
        }

        var devices = await _client.GetPropertyAsync<List<VirtualDevice>>(current.Reference, "config.hardware.device", cancellationToken).ConfigureAwait(false);
        var drive = devices?.OfType<VirtualCdrom>().FirstOrDefault() ?? throw NoBootstrap(current, "its virtual machine has no CD-ROM drive");
        return new BootstrapMove(current, host, drive);
    }

    private static void Check(ContainerVmInfo container, VchInfo host)
    {
        if (host.UpgradeStatus == UpgradeStatus.InProgress)
        {
            throw new VicException("UpdateInProgress", VicErrorKind.Busy, $"'{host.Name}' is being changed, and may not keep the bootstrap ISO that it names now. Nothing was done to '{container.Name}'.")
            {
                RecommendedAction = $"Wait until the change has ended. If it has broken off: Set-VCH {host.Name} -ResetProgress",
                Target = container.Name,
            };
        }

        if (!container.HasSession)
        {
            throw OtherTether(container, $"'{container.Name}' was made by an endpoint of vic-machine: the bootstrap ISO of this product cannot run its configuration.");
        }

        if (!host.HasSessions)
        {
            throw OtherTether(container, $"The VCH '{host.Name}' is one of vic-machine: its bootstrap ISO cannot run '{container.Name}', which was made by this product.");
        }
    }

    private async Task<bool> ExistsAsync(string iso, VchInfo host, CancellationToken cancellationToken)
    {
        if (iso.IndexOf("] ", StringComparison.Ordinal) is not (> 1 and var end))
        {
            return false;
        }

        var inventory = await InventorySnapshot.ReadAsync(_client, cancellationToken).ConfigureAwait(false);
        var files = new DatastoreFiles(_client, inventory.DatacenterPath(inventory.DatacenterOf(host.Machine)), iso.Substring(1, end - 1));
        return await files.ExistsAsync(iso.Substring(end + 2), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="VicException">It failed, and the container is as it was, or the error says what is not; who has cancelled is told by a warning.</exception>
    private async Task TakeBackAsync(BootstrapMove move, ContainerVmInfo container, Exception cause, IProgress<StepProgress> progress)
    {
        var name = container.Name;
        var left = new Leftovers();
        var hasStarted = false;
        using (var limit = new CancellationTokenSource(ReturnTimeout))
        {
            progress.Report(new($"Giving '{name}' its earlier bootstrap ISO again"));
            await left.RemoveAsync(
                "the new bootstrap ISO", async token => hasStarted = await ReturnAsync(move, container, progress, token).ConfigureAwait(false), limit.Token)
                .ConfigureAwait(false);
        }

        if (hasStarted)
        {
            progress.Report(StepProgress.Warning($"'{name}' has been started with the bootstrap ISO of {move.Plan.To} all the same."));
            return;
        }

        if (left.Names.Count == 0 && cause is OperationCanceledException)
        {
            progress.Report(StepProgress.Warning($"The move of '{name}' was cancelled; it has the bootstrap ISO of {move.Plan.From} as before."));
            return;
        }

        var explained = VicErrors.Explain(cause);
        throw new VicException(
            explained.ErrorId,
            explained.Kind,
            left.Names.Count == 0
                ? $"'{name}' could not be moved to the bootstrap ISO of {move.Plan.To}, and has that of {move.Plan.From} as before: {explained.Message}"
                : $"'{name}' could not be moved to the bootstrap ISO of {move.Plan.To}: {explained.Message} This could not be taken back: {string.Join("; ", left.Names)}.",
            cause)
        {
            RecommendedAction = left.Names.Count == 0
                ? explained.RecommendedAction
                : $"See in the vSphere Client why it does not start. Its earlier ISO is '{move.FormerIso}'.",
            Target = name,
        };
    }

    /// <returns>True when it runs with the new ISO: what failed was to hear of it.</returns>
    private async Task<bool> ReturnAsync(BootstrapMove move, ContainerVmInfo container, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        await RunningTasks.SettleAsync(_client, [container.Reference], methods: [], cancellationToken).ConfigureAwait(false);
        var machine = await InventoryView.ReadAsync(
            _client, container.Reference, ["runtime.powerState", "config.hardware.device"], cancellationToken).ConfigureAwait(false);
        if (machine.GetValue<VirtualMachinePowerState>("runtime.powerState") != VirtualMachinePowerState.PoweredOff)
        {
            return move.IsDone(machine.Get<IReadOnlyList<VirtualDevice>>("config.hardware.device") ?? []);
        }

        await MachineTasks.ReconfigureAsync(_client, container.Reference, move.Back(), cancellationToken).ConfigureAwait(false);
        if (move.WasOn)
        {
            await _power.StartAsync(container, progress, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    private static VicException OtherTether(ContainerVmInfo container, string message) => new("OtherTether", VicErrorKind.InvalidInput, message)
    {
        RecommendedAction = "Recreate the container from its image (docker rm, docker run). Without -UpdateBootstrap it goes on with the ISO that it has.",
        Target = container.Name,
    };

    private static VicException NoBootstrap(ContainerVmInfo container, string reason) =>
        new("NoBootstrap", VicErrorKind.NotFound, $"'{container.Name}' cannot get another bootstrap ISO: {reason}.") { Target = container.Name };
}
