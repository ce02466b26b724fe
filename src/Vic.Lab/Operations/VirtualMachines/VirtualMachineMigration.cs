using Vic.Lab.Inventory;
using Vic.Lab.Operations.ResourcePools;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Moves virtual machines to another host or resource pool, running ones too; the caller holds the machine's operation lock.</summary>
internal sealed class VirtualMachineMigration(LabWorld world)
{
    private readonly ResourcePoolMoves pools = new(world);

    /// <summary>Moves a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="poolReference">Its new pool; null for the one that it is in.</param>
    /// <param name="hostReference">Its new host; null to stay, or for any of the pool's when the pool is elsewhere.</param>
    /// <param name="userName">Who asks for it.</param>
    /// <param name="cancellationToken">Gives the move up.</param>
    public async Task MoveAsync(
        VirtualMachineEntity machine,
        ManagedObjectReference? poolReference,
        ManagedObjectReference? hostReference,
        string userName,
        CancellationToken cancellationToken)
    {
        ResourcePoolEntity pool;
        HostEntity target;
        HostEntity? source;
        bool running;
        lock (world.Store.Gate)
        {
            pool = world.Get<ResourcePoolEntity>(poolReference ?? machine.Pool!.Value);
            source = machine.Host is { } current ? world.Store.Find<HostEntity>(current) : null;
            target = hostReference is null && source is not null && world.Get<ComputeResourceEntity>(pool.Owner).Hosts.Contains(source.Reference)
                ? source
                : VirtualMachinePlacement.ChooseHost(world, pool, hostReference);
            running = machine.PowerState == VirtualMachinePowerState.PoweredOn;
            Check(machine, running && target != source);
            if (target != source)
            {
                Announce(machine, target, running, userName);
            }
        }

        if (running && target != source)
        {
            await machine.Machine.MigrateAsync(
                () =>
                {
                    Arrive(machine, pool, source, target, userName);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Arrive(machine, pool, source, target, userName);
        }
    }

    private static void Check(VirtualMachineEntity machine, bool isLive)
    {
        var wired = (machine.Config.Hardware.Device ?? []).FirstOrDefault(device
            => device is { Connectable.Connected: true, Backing: VirtualSerialPortURIBackingInfo { ProxyURI: null or "" } });
        if (isLive && wired is not null)
        {
            var reason = Faults.GenericVmConfig($"{wired.DeviceInfo?.Label} leads to the network without a virtual serial port concentrator.");
            throw Faults.New(
                new DisallowedMigrationDeviceAttached
                {
                    Fault = new LocalizedMethodFault { Fault = reason.Fault, LocalizedMessage = reason.FaultText },
                },
                $"{machine.Name} cannot move while it runs: {reason.FaultText}");
        }
    }

    private void Arrive(VirtualMachineEntity machine, ResourcePoolEntity pool, HostEntity? source, HostEntity target, string userName)
    {
        lock (world.Store.Gate)
        {
            if (machine.Pool != pool.Reference)
            {
                pools.Move(machine, pool);
            }

            if (source == target)
            {
                return;
            }

            VirtualMachinePlacement.ChangeHost(world, machine, target);
            if (source is not null)
            {
                world.Events.PostMachineEvent(
                    new VmMigratedEvent { Template = false, SourceHost = Argument(source) },
                    machine,
                    userName,
                    $"{machine.Name} moved from {source.Name} to {target.Name}.");
            }
        }
    }

    private void Announce(VirtualMachineEntity machine, HostEntity target, bool running, string userName)
    {
        VmEvent occurred = running
            ? new VmBeingHotMigratedEvent { Template = false, DestHost = Argument(target) }
            : new VmBeingMigratedEvent { Template = false, DestHost = Argument(target) };
        world.Events.PostMachineEvent(occurred, machine, userName, $"{machine.Name} is moving to {target.Name}.");
    }

    private static HostEventArgument Argument(HostEntity host) => new() { Name = host.Name, Host = host.Reference };
}
