using System.Globalization;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Containers;

/// <summary>
/// Starts and stops container VMs through vSphere. An endpoint that runs notices, and shows it to Docker clients; none is needed.
/// </summary>
public sealed class ContainerPower
{
    /// <summary>How long a process that does not say otherwise has between its stop signal and the kill, as in Docker.</summary>
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    /// <summary>What the guest needs after the kill to bring its disk to rest and to write down the exit code.</summary>
    private static readonly TimeSpan GuestGrace = TimeSpan.FromSeconds(10);

    private readonly VimClient _client;
    private readonly ContainerInventory _inventory;

    /// <summary>Works through a session.</summary>
    public ContainerPower(VimClient client)
    {
        _client = client;
        _inventory = new ContainerInventory(client);
    }

    /// <summary>
    /// Powers a container VM on; one that is on is left alone, and one that is suspended goes on. Returns when vSphere has powered it on: its
    /// process runs when its guest has booted.
    /// </summary>
    /// <param name="container">The container as it was listed.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Ends the wait; the machine may be on all the same.</param>
    /// <returns>The container as it is then.</returns>
    /// <exception cref="VicException">It belongs to no VCH, or its network has no address left.</exception>
    /// <exception cref="VimFaultException">It is gone, or vSphere refused.</exception>
    public async Task<ContainerVmInfo> StartAsync(ContainerVmInfo container, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{container.Name}'"));
        var (current, others) = await _inventory.ReadWithOthersAsync(container, cancellationToken).ConfigureAwait(false);
        if (current.PowerState == "PoweredOn")
        {
            return current;
        }

        progress.Report(new($"Starting '{current.Name}'"));
        if (current.PowerState == "PoweredOff")
        {
            var devices = await _client.GetPropertyAsync<List<VirtualDevice>>(current.Reference, "config.hardware.device", cancellationToken).ConfigureAwait(false);
            var place = BridgeAddressing.ForNextRun(current, others, (devices ?? []).OfType<VirtualEthernetCard>().Any());
            var changes = GuestInfoSet.OfNextRun(current.ContainerId, place, MachineInventory.Keys(current.Machine));
            await ConfigureAsync(current, changes, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var task = await new VirtualMachine(_client, current.Reference).PowerOnVMTaskAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await _client.WaitForTaskAsync(task, cancelTask: false, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is InvalidPowerState { ExistingState: VirtualMachinePowerState.PoweredOn })
        {
            // Somebody else was faster.
        }

        return await _inventory.ReadAsync(current, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops a container; one that is off is left alone. Its process gets its stop signal, as from "shut down guest" in the vSphere Client, and is
    /// killed when the time is over; a machine that is still on then, or that cannot be asked, is powered off.
    /// </summary>
    /// <param name="container">The container as it was listed.</param>
    /// <param name="timeout">The time between the stop signal and the kill; null for the container's own, or ten seconds.</param>
    /// <param name="kill">Powers the machine off at once; what the container has not written to its disk is lost.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Ends the wait; the process may have got its signal.</param>
    /// <returns>The container as it is then; null when it is gone, because its endpoint has removed it at its end (<c>docker run --rm</c>).</returns>
    /// <exception cref="VicException">It belongs to no VCH.</exception>
    /// <exception cref="VimFaultException">It was gone before, or vSphere refused.</exception>
    public async Task<ContainerVmInfo?> StopAsync(
        ContainerVmInfo container, TimeSpan? timeout, bool kill, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{container.Name}'"));
        var current = await _inventory.ReadAsync(container, cancellationToken).ConfigureAwait(false);
        if (current.PowerState == "PoweredOff")
        {
            return current;
        }

        progress.Report(new($"Stopping '{current.Name}'"));

        // A guest that is suspended hears nothing.
        if (kill || current.PowerState != "PoweredOn"
            || !await ShutdownAsync(current, timeout ?? current.StopTimeout ?? DefaultGrace, progress, cancellationToken).ConfigureAwait(false))
        {
            await MachineTasks.PowerOffAsync(_client, current.Reference, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await _inventory.ReadAsync(current, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (Faults.IsGone(exception, current.Reference))
        {
            return null;
        }
    }

    /// <summary>Stops a container as <see cref="StopAsync"/> does and starts it again; one that is off is started.</summary>
    /// <param name="container">The container as it was listed.</param>
    /// <param name="timeout">The time between the stop signal and the kill; null for the container's own, or ten seconds.</param>
    /// <param name="kill">Powers the machine off at once; what the container has not written to its disk is lost.</param>
    /// <param name="progress">Where steps are reported.</param>
    /// <param name="cancellationToken">Ends the wait; the container may be stopped then.</param>
    /// <returns>The container as it is then.</returns>
    /// <exception cref="VicException">It belongs to no VCH, or its endpoint has removed it when it ended.</exception>
    /// <exception cref="VimFaultException">It was gone before, or vSphere refused.</exception>
    public async Task<ContainerVmInfo> RestartAsync(
        ContainerVmInfo container, TimeSpan? timeout, bool kill, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var stopped = await StopAsync(container, timeout, kill, progress, cancellationToken).ConfigureAwait(false) ?? throw RemovedAtExit(container);
        return await StartAsync(stopped, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The error that a container is gone that was to be started again.</summary>
    internal static VicException RemovedAtExit(ContainerVmInfo container) => new(
        "RemovedAtExit", VicErrorKind.NotFound, $"The container '{container.Name}' was removed when it stopped, as 'docker run --rm' asks.")
    {
        Target = container.Name,
    };

    /// <summary>Asks the guest to end; false when it cannot be asked or has not ended in time.</summary>
    private async Task<bool> ShutdownAsync(ContainerVmInfo container, TimeSpan grace, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var seconds = ((long)grace.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await ConfigureAsync(container, new Dictionary<string, string> { [GuestInfoNames.ShutdownGrace] = seconds }, cancellationToken).ConfigureAwait(false);
        try
        {
            await GuestShutdown.RunAsync(_client, container.Reference, grace + GuestGrace, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            progress.Report(StepProgress.Warning($"'{container.Name}' did not end within {seconds} seconds; its virtual machine is powered off."));
            return false;
        }
        catch (VimFaultException exception) when (exception.Fault is ToolsUnavailable)
        {
            progress.Report(StepProgress.Warning(
                $"The guest of '{container.Name}' cannot be asked to stop: {exception.Message.TrimEnd('.')}. Its virtual machine is powered off."));
            return false;
        }
        catch (VimFaultException exception) when (exception.Fault is InvalidPowerState || Faults.IsGone(exception, container.Reference))
        {
            // It went off by itself in between, or its endpoint has removed it.
            return true;
        }
    }

    private async Task ConfigureAsync(ContainerVmInfo container, Dictionary<string, string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
        {
            var spec = new VirtualMachineConfigSpec { ExtraConfig = keys.Select(key => new OptionValue { Key = key.Key, Value = key.Value }).ToList() };
            await MachineTasks.ReconfigureAsync(_client, container.Reference, spec, cancellationToken).ConfigureAwait(false);
        }
    }
}
