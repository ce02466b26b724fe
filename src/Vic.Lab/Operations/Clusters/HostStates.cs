using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Models;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Vim25;

namespace Vic.Lab.Operations.Clusters;

/// <summary>Connects, disconnects and empties hosts, and lets them fail.</summary>
internal sealed class HostStates(LabWorld world, VirtualMachineTasks machines)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Puts a host into maintenance when no virtual machine runs on it any more: fully automated DRS moves them, else somebody must.
    /// </summary>
    /// <exception cref="VimFaultException">The host is in maintenance already or not connected, or the time is over.</exception>
    public async Task EnterMaintenanceAsync(
        HostEntity host, TimeSpan timeout, bool evacuatePoweredOff, string userName, CancellationToken cancellationToken)
    {
        lock (world.Store.Gate)
        {
            host.CheckAvailable();
            host.IsEnteringMaintenance = true;
            Summarize(host);
            Post(new EnteringMaintenanceModeEvent(), host, userName, "is entering maintenance mode");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout > TimeSpan.Zero)
        {
            limit.CancelAfter(timeout);
        }

        try
        {
            await EvacuateAsync(host, evacuatePoweredOff, userName, limit.Token).ConfigureAwait(false);
            while (!TryFinish(host, userName))
            {
                await Task.Delay(Look, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Faults.New(new Timedout(), $"Virtual machines still run on the host '{host.Name}': power them off or move them.");
        }
        finally
        {
            lock (world.Store.Gate)
            {
                host.IsEnteringMaintenance = false;
                Summarize(host);
            }
        }
    }

    /// <exception cref="VimFaultException">The host is not in maintenance.</exception>
    public void ExitMaintenance(HostEntity host, string userName)
    {
        lock (world.Store.Gate)
        {
            if (!host.Runtime.InMaintenanceMode)
            {
                throw Faults.InvalidState($"The host '{host.Name}' is not in maintenance mode.");
            }

            host.ChangeRuntime(runtime => runtime.InMaintenanceMode = false);
            Summarize(host);
            Post(new ExitMaintenanceModeEvent(), host, userName, "has left maintenance mode");
        }
    }

    /// <summary>Connects or disconnects a host; its virtual machines go on, but cannot be managed without it.</summary>
    public void Connect(HostEntity host, HostSystemConnectionState state, string userName)
    {
        lock (world.Store.Gate)
        {
            if (!world.IsVCenter)
            {
                throw Faults.NotSupported("Connecting hosts without vCenter");
            }

            if (host.Runtime.ConnectionState == state)
            {
                throw Faults.InvalidState($"The host '{host.Name}' is {state.ToWireText()} already.");
            }

            Show(host, state);
            Post(
                state == HostSystemConnectionState.Connected ? new HostConnectedEvent() : new HostDisconnectedEvent(),
                host,
                userName,
                state == HostSystemConnectionState.Connected ? "is connected" : "is disconnected");
        }
    }

    /// <summary>Lets a host fail: what runs on it ends at once, and where HA is on, other hosts start it again.</summary>
    public async Task FailAsync(HostEntity host, CancellationToken cancellationToken)
    {
        List<VirtualMachineEntity> running;
        lock (world.Store.Gate)
        {
            running = [.. Machines(host).Where(machine => machine.PowerState == VirtualMachinePowerState.PoweredOn)];
            Show(host, HostSystemConnectionState.NotResponding);
            Post(new HostConnectionLostEvent(), host, string.Empty, "does not respond");
        }

        foreach (var machine in running)
        {
            await machines.ExclusiveAsync(machine, () => EndAsync(machine, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        ClusterEntity? cluster;
        lock (world.Store.Gate)
        {
            cluster = world.Store.Find<ClusterEntity>(host.Parent!.Value);
            if (cluster is not { Configuration.DasConfig.Enabled: true })
            {
                return;
            }

            var failed = new DasHostFailedEvent
            {
                ComputeResource = new ComputeResourceEventArgument { Name = cluster.Name, ComputeResource = cluster.Reference },
                FailedHost = new HostEventArgument { Name = host.Name, Host = host.Reference },
            };
            world.Events.Post(failed, string.Empty, $"vSphere HA detected that the host {host.Name} has failed.");
            running = [.. running.Where(machine => Priority(cluster, machine) > DasVmPriority.Disabled).OrderByDescending(machine => Priority(cluster, machine))];
        }

        foreach (var machine in running)
        {
            await machines.ExclusiveAsync(machine, () => RestartAsync(cluster, host, machine, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets a failed host come back, without what ran on it.</summary>
    public void Repair(HostEntity host)
    {
        lock (world.Store.Gate)
        {
            Show(host, HostSystemConnectionState.Connected);
            host.ChangeRuntime(runtime => runtime.BootTime = DateTime.UtcNow);
            Post(new HostConnectedEvent(), host, string.Empty, "is connected");
        }
    }

    private async Task EndAsync(VirtualMachineEntity machine, CancellationToken cancellationToken)
    {
        await machine.Machine.PowerOffAsync(cancellationToken).ConfigureAwait(false);
        lock (world.Store.Gate)
        {
            PowerTransitions.Enter(machine, VirtualMachinePowerState.PoweredOff);
        }
    }

    private async Task RestartAsync(ClusterEntity cluster, HostEntity failed, VirtualMachineEntity machine, CancellationToken cancellationToken)
    {
        try
        {
            lock (world.Store.Gate)
            {
                VirtualMachinePlacement.ChangeHost(world, machine, new PlacementRules(world, cluster).Choose(machine));
                machine.ChangeRuntime(runtime => runtime.ConnectionState = VirtualMachineConnectionState.Connected);
            }

            await machines.Power.OnAsync(machine, machine.Host, string.Empty, cancellationToken).ConfigureAwait(false);
            lock (world.Store.Gate)
            {
                world.Events.PostMachineEvent(
                    new VmRestartedOnAlternateHostEvent { SourceHost = new HostEventArgument { Name = failed.Name, Host = failed.Reference } },
                    machine,
                    string.Empty,
                    $"{machine.Name} was restarted since the host {failed.Name} failed.");
            }
        }
        catch (VimFaultException fault)
        {
            lock (world.Store.Gate)
            {
                world.Events.PostMachineEvent(
                    new VmFailoverFailed { Reason = new LocalizedMethodFault { Fault = fault.Fault, LocalizedMessage = fault.FaultText } },
                    machine,
                    string.Empty,
                    $"vSphere HA could not restart {machine.Name}: {fault.FaultText}");
            }
        }
    }

    /// <summary>Which machines come first; of those with a priority of their own, and of the others as the cluster has it.</summary>
    private static DasVmPriority Priority(ClusterEntity cluster, VirtualMachineEntity machine)
    {
        var own = (cluster.Configuration.DasVmConfig ?? []).Find(entry => entry.Key == machine.Reference);
        var text = own?.DasSettings?.RestartPriority ?? own?.RestartPriority?.ToWireText() ?? cluster.Configuration.DasConfig.DefaultVmSettings?.RestartPriority;
        return text switch
        {
            "disabled" => DasVmPriority.Disabled,
            "low" or "lowest" => DasVmPriority.Low,
            "high" or "highest" => DasVmPriority.High,
            _ => DasVmPriority.Medium,
        };
    }

    private async Task EvacuateAsync(HostEntity host, bool evacuatePoweredOff, string userName, CancellationToken cancellationToken)
    {
        List<VirtualMachineEntity> leaving;
        ClusterEntity? cluster;
        lock (world.Store.Gate)
        {
            cluster = world.Store.Find<ClusterEntity>(host.Parent!.Value);
            if (cluster is not { Configuration.DrsConfig: { Enabled: true, DefaultVmBehavior: DrsBehavior.FullyAutomated } })
            {
                return;
            }

            leaving = [.. Machines(host).Where(machine => evacuatePoweredOff || machine.PowerState != VirtualMachinePowerState.PoweredOff)];
        }

        foreach (var machine in leaving)
        {
            await machines.ExclusiveAsync(machine, () => Move(cluster, host, machine, userName), cancellationToken).ConfigureAwait(false);
        }
    }

    private Task Move(ClusterEntity cluster, HostEntity host, VirtualMachineEntity machine, string userName)
    {
        lock (world.Store.Gate)
        {
            if (machine.Host == host.Reference)
            {
                VirtualMachinePlacement.ChangeHost(world, machine, new PlacementRules(world, cluster).Choose(machine));
                world.Events.PostMachineEvent(
                    new VmMigratedEvent { Template = false, SourceHost = new HostEventArgument { Name = host.Name, Host = host.Reference } },
                    machine,
                    userName,
                    $"{machine.Name} was migrated from {host.Name}.");
            }
        }

        return Task.CompletedTask;
    }

    private bool TryFinish(HostEntity host, string userName)
    {
        lock (world.Store.Gate)
        {
            if (Machines(host).Any(machine => machine.PowerState == VirtualMachinePowerState.PoweredOn))
            {
                return false;
            }

            host.ChangeRuntime(runtime => runtime.InMaintenanceMode = true);
            Post(new EnteredMaintenanceModeEvent(), host, userName, "is in maintenance mode");
            return true;
        }
    }

    private void Show(HostEntity host, HostSystemConnectionState state)
    {
        host.ChangeRuntime(runtime => runtime.ConnectionState = state);
        foreach (var machine in Machines(host))
        {
            machine.ChangeRuntime(runtime => runtime.ConnectionState = state == HostSystemConnectionState.Connected
                ? VirtualMachineConnectionState.Connected
                : VirtualMachineConnectionState.Disconnected);
        }

        Summarize(host);
    }

    private List<VirtualMachineEntity> Machines(HostEntity host)
        => [.. host.References("vm").Select(world.Store.Find<VirtualMachineEntity>).OfType<VirtualMachineEntity>()];

    private void Summarize(HostEntity host) => new InventoryBuilder(world).Summarize(world.Get<ComputeResourceEntity>(host.Parent!.Value));

    private void Post(HostEvent occurred, HostEntity host, string userName, string what)
    {
        occurred.Host = new HostEventArgument { Name = host.Name, Host = host.Reference };
        world.Events.Post(occurred, userName, $"The host {host.Name} {what}.");
    }
}
