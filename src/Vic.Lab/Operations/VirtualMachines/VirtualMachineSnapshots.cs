using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Takes, reverts to and removes snapshots; the caller holds the machine's operation lock.</summary>
internal sealed class VirtualMachineSnapshots(LabWorld world, VirtualMachinePower power)
{
    /// <summary>The longest line of snapshots that vSphere keeps for a machine.</summary>
    private const int LevelLimit = 32;

    private readonly SnapshotDisks disks = new(world);

    /// <summary>Takes a snapshot.</summary>
    public async Task<ManagedObjectReference> CreateAsync(
        VirtualMachineEntity machine, CreateSnapshotTaskRequest request, string userName, CancellationToken cancellationToken)
    {
        VirtualMachineConfigInfo before;
        bool running;
        bool withMemory;
        lock (world.Store.Gate)
        {
            before = machine.Config;
            running = machine.PowerState != VirtualMachinePowerState.PoweredOff;
            Check(machine, request);
            withMemory = running && (request.Memory || machine.PowerState == VirtualMachinePowerState.Suspended);
        }

        var created = new List<string>();
        VirtualMachineConfigInfo after;
        try
        {
            after = await disks.ForkAsync(before, created, cancellationToken).ConfigureAwait(false);
            await machine.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, machine.Reference, after, running), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await disks.DeleteAsync(created).ConfigureAwait(false);
            throw;
        }

        SnapshotObject snapshot;
        lock (world.Store.Gate)
        {
            snapshot = new SnapshotObject(NewReference(machine), machine.Reference, before)
            {
                Name = request.Name,
                Description = request.Description ?? string.Empty,
                Id = machine.Snapshots.NextId(),
                CreateTime = DateTime.UtcNow,
                State = withMemory ? machine.PowerState : VirtualMachinePowerState.PoweredOff,
            };
            world.Store.Add(snapshot);
            machine.Snapshots.Add(snapshot, machine.Snapshots.Current);
            machine.Snapshots.MoveTo(snapshot);
            ShowDisks(machine, after);
            Post(machine, userName, $"Took the snapshot {snapshot.Name} of {machine.Name}.");
        }

        await SaveAsync(machine, cancellationToken).ConfigureAwait(false);
        return snapshot.Reference;
    }

    /// <summary>Gives a machine the configuration and the disks of a snapshot; what it wrote since is lost.</summary>
    public async Task RevertAsync(
        VirtualMachineEntity machine, SnapshotObject snapshot, bool suppressPowerOn, string userName, CancellationToken cancellationToken)
    {
        VirtualMachineConfigInfo before;
        VirtualMachineConfigInfo saved;
        lock (world.Store.Gate)
        {
            RequireKnown(snapshot);
            (before, saved) = (machine.Config, snapshot.Config);
        }

        if (machine.PowerState != VirtualMachinePowerState.PoweredOff)
        {
            await power.OffAsync(machine, userName, cancellationToken).ConfigureAwait(false);
        }

        var created = new List<string>();
        VirtualMachineConfigInfo after;
        try
        {
            after = Restored(await disks.ForkAsync(saved, created, cancellationToken).ConfigureAwait(false), before);
            await machine.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, machine.Reference, after, running: false), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await disks.DeleteAsync(created).ConfigureAwait(false);
            throw;
        }

        lock (world.Store.Gate)
        {
            machine.Config = after;
            machine.Snapshots.MoveTo(snapshot);
            VirtualMachinePlacement.Refresh(world, machine);
            Post(machine, userName, $"Reverted {machine.Name} to the snapshot {snapshot.Name}.");
        }

        await disks.DeleteAsync(GivenUp(machine, before)).ConfigureAwait(false);
        await SaveAsync(machine, CancellationToken.None).ConfigureAwait(false);
        if (suppressPowerOn || snapshot.State == VirtualMachinePowerState.PoweredOff)
        {
            return;
        }

        await power.OnAsync(machine, null, userName, cancellationToken).ConfigureAwait(false);
        if (snapshot.State == VirtualMachinePowerState.Suspended)
        {
            await power.SuspendAsync(machine, userName, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes snapshots; what the machine and other snapshots have stays as it is.</summary>
    public async Task RemoveAsync(
        VirtualMachineEntity machine, IReadOnlyList<SnapshotObject> snapshots, bool consolidate, string userName, CancellationToken cancellationToken)
    {
        lock (world.Store.Gate)
        {
            foreach (var snapshot in snapshots.Reverse())
            {
                RequireKnown(snapshot);
                machine.Snapshots.Remove(snapshot);
                world.Store.Remove(snapshot);
                machine.Unconsolidated.UnionWith(MachineDisks.FilesOf(world, snapshot.Config));
                Post(machine, userName, $"Removed the snapshot {snapshot.Name} of {machine.Name}.");
            }
        }

        if (consolidate && CanConsolidate(machine))
        {
            await ConsolidateAsync(machine, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            ShowConsolidation(machine);
            await SaveAsync(machine, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes disks one that only snapshots that are gone kept apart.</summary>
    public async Task ConsolidateAsync(VirtualMachineEntity machine, CancellationToken cancellationToken)
    {
        List<VirtualMachineConfigInfo> states;
        List<SnapshotObject> snapshots;
        HashSet<string> former;
        bool running;
        lock (world.Store.Gate)
        {
            if (!CanConsolidate(machine))
            {
                throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
            }

            snapshots = [.. machine.Snapshots.All];
            states = [machine.Config, .. snapshots.Select(snapshot => snapshot.Config)];
            former = [.. machine.Unconsolidated];
            running = machine.PowerState != VirtualMachinePowerState.PoweredOff;
        }

        // What was merged before a failure has another place now, and must be known by it.
        var replaced = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            await disks.ConsolidateAsync(former, states, replaced, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            var after = states.ConvertAll(config => disks.Replace(config, replaced));
            await machine.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, machine.Reference, after[0], running), CancellationToken.None).ConfigureAwait(false);
            lock (world.Store.Gate)
            {
                for (var index = 0; index < snapshots.Count; index++)
                {
                    snapshots[index].Config = after[index + 1];
                }

                ShowDisks(machine, after[0]);
                machine.Unconsolidated.IntersectWith(former);
            }

            ShowConsolidation(machine);
            await SaveAsync(machine, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a snapshot another name or description.</summary>
    public async Task RenameAsync(VirtualMachineEntity machine, SnapshotObject snapshot, string? name, string? description)
    {
        lock (world.Store.Gate)
        {
            RequireKnown(snapshot);
            if (name is not null)
            {
                snapshot.Name = OperationText.CheckName(name);
            }

            snapshot.Description = description ?? snapshot.Description;
            machine.Snapshots.Publish();
        }

        await SaveAsync(machine, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>A running QEMU has the chain open, and merges nothing below the top; it waits until the machine is off.</summary>
    private bool CanConsolidate(VirtualMachineEntity machine)
        => world.Options.Runtime == RuntimeKind.None || machine.PowerState == VirtualMachinePowerState.PoweredOff;

    private void Check(VirtualMachineEntity machine, CreateSnapshotTaskRequest request)
    {
        OperationText.CheckName(request.Name);
        if (machine.Config.Flags.SnapshotDisabled == true)
        {
            throw Faults.New(new SnapshotDisabled(), $"Snapshots of {machine.Name} are disabled.");
        }

        if (machine.Snapshots.Depth >= LevelLimit)
        {
            throw Faults.New(new TooManySnapshotLevels(), $"{machine.Name} has {LevelLimit} levels of snapshots already.");
        }

        if (machine.PowerState == VirtualMachinePowerState.PoweredOff)
        {
            return;
        }

        if (request.Quiesce)
        {
            throw Faults.New(
                new FilesystemQuiesceFault(), $"The guest of {machine.Name} cannot quiesce its file systems. Take the snapshot without quiesce.");
        }

        var devices = machine.Config.Hardware.Device ?? [];
        if (request.Memory && devices.OfType<VirtualDisk>().Any(disk => !MachineDisks.IsSnapshotted(disk)))
        {
            throw Faults.New(new MemorySnapshotOnIndependentDisk(), $"{machine.Name} has an independent disk, which a snapshot of memory cannot include.");
        }

        var needsMemory = request.Memory || machine.PowerState == VirtualMachinePowerState.Suspended;
        if (needsMemory && world.Options.Runtime != RuntimeKind.None)
        {
            throw Faults.NotSupported("CreateSnapshot_Task of a running guest's memory (take it without memory, or power the machine off)");
        }
    }

    /// <summary>What a revert brings back: everything but the machine's identity and place.</summary>
    private static VirtualMachineConfigInfo Restored(VirtualMachineConfigInfo saved, VirtualMachineConfigInfo before)
    {
        var restored = saved.ShallowClone();
        restored.ChangeVersion = ConfigurationChange.NextVersion(before.ChangeVersion);
        restored.Modified = DateTime.UtcNow;
        restored.Name = before.Name;
        restored.Files = before.Files;
        restored.Uuid = before.Uuid;
        restored.InstanceUuid = before.InstanceUuid;
        restored.Template = before.Template;
        restored.DatastoreUrl = before.DatastoreUrl;
        restored.Hardware.Device = [.. (restored.Hardware.Device ?? []).Select(Disconnected)];
        return restored;
    }

    private static VirtualDevice Disconnected(VirtualDevice device)
    {
        if (device.Connectable is not { Connected: true } connectable)
        {
            return device;
        }

        var changed = device.ShallowClone();
        changed.Connectable = connectable.ShallowClone();
        changed.Connectable.Connected = false;
        changed.Connectable.Status = "untried";
        return changed;
    }

    /// <summary>The disks that a machine wrote since its last snapshot; one that was added since stays as a file.</summary>
    private List<string> GivenUp(VirtualMachineEntity machine, VirtualMachineConfigInfo before)
    {
        lock (world.Store.Gate)
        {
            var needed = machine.Snapshots.All.Select(snapshot => snapshot.Config).Append(machine.Config)
                .SelectMany(config => MachineDisks.FilesOf(world, config))
                .ToHashSet(StringComparer.Ordinal);
            return [.. MachineDisks.FilesOf(world, before).Where(file => SnapshotDisks.IsRedoLog(file) && !needed.Contains(file))];
        }
    }

    /// <summary>Shows another set of disks; the guest may have changed variables meanwhile, and these stay.</summary>
    private static void ShowDisks(VirtualMachineEntity machine, VirtualMachineConfigInfo changed)
    {
        var config = machine.Config.ShallowClone();
        config.Hardware = changed.Hardware;
        config.ChangeVersion = ConfigurationChange.NextVersion(config.ChangeVersion);
        config.Modified = DateTime.UtcNow;
        machine.Config = config;
    }

    private void ShowConsolidation(VirtualMachineEntity machine)
    {
        lock (world.Store.Gate)
        {
            var needed = machine.Unconsolidated.Count > 0;
            if (machine.Runtime.ConsolidationNeeded != needed)
            {
                machine.ChangeRuntime(runtime => runtime.ConsolidationNeeded = needed);
            }
        }
    }

    private async Task SaveAsync(VirtualMachineEntity machine, CancellationToken cancellationToken)
    {
        await VmxFiles.WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
        await SnapshotFiles.WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
        VirtualMachineLayout.Refresh(world, machine);
        world.RefreshSpace();
    }

    private void RequireKnown(SnapshotObject snapshot)
    {
        if (!world.Store.TryFind(snapshot.Reference, out _))
        {
            throw Faults.ManagedObjectNotFound(snapshot.Reference);
        }
    }

    private ManagedObjectReference NewReference(VirtualMachineEntity machine)
        => world.Store.NewReference("VirtualMachineSnapshot", world.IsVCenter ? "snapshot-" : machine.Reference.Value + "-snapshot-");

    private void Post(VirtualMachineEntity machine, string userName, string message)
        => world.Events.PostMachineEvent(
            new VmReconfiguredEvent { Template = false, ConfigSpec = new VirtualMachineConfigSpec() }, machine, userName, message);
}
