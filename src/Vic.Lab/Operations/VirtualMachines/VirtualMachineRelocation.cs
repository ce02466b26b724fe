using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Moves virtual machines to another datastore, host or pool; the caller holds the machine's operation lock.</summary>
internal sealed class VirtualMachineRelocation(
    LabWorld world, VirtualMachineMigration migration, VirtualMachineReconfiguration reconfiguration, VirtualMachineHomes homes)
{
    private const string ChildMost = "moveChildMostDiskBacking";

    private readonly DiskBackingReader reader = new(world);

    /// <summary>Moves a machine to where a specification says.</summary>
    public async Task MoveAsync(
        VirtualMachineEntity machine, VirtualMachineRelocateSpec spec, string userName, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var targets = Targets(machine, spec);
        if (spec.Host is not null || spec.Pool is not null)
        {
            await migration.MoveAsync(machine, spec.Pool, spec.Host, userName, cancellationToken).ConfigureAwait(false);
        }

        progress.Report(10);
        if (targets is not null)
        {
            await MoveFilesAsync(machine, targets, userName, cancellationToken).ConfigureAwait(false);
        }

        if (spec.DeviceChange is { Count: > 0 } changes)
        {
            await reconfiguration.ApplyAsync(
                machine, new VirtualMachineConfigSpec { DeviceChange = changes }, userName, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The datastore that the home and each disk go to; null when all stay.</summary>
    private RelocationTargets? Targets(VirtualMachineEntity machine, VirtualMachineRelocateSpec spec)
    {
        lock (world.Store.Gate)
        {
            var home = spec.Datastore is { } reference ? world.Get<DatastoreEntity>(reference) : null;
            var disks = new Dictionary<int, (DatastoreEntity Datastore, string? MoveType)>();
            foreach (var disk in (machine.Config.Hardware.Device ?? []).OfType<VirtualDisk>())
            {
                var own = spec.Disk?.Find(locator => locator.DiskId == disk.Key);
                var target = own is null ? home : world.Get<DatastoreEntity>(own.Datastore);
                var current = world.Locate(((VirtualDeviceFileBackingInfo)disk.Backing!).FileName).Datastore;
                if (target is not null && target != current)
                {
                    disks.Add(disk.Key, (target, own?.DiskMoveType ?? spec.DiskMoveType));
                }
            }

            var homeMoves = home is not null && home.Name != machine.VmxPath.Datastore;
            if (!homeMoves && disks.Count == 0)
            {
                return null;
            }

            if (machine.PowerState != VirtualMachinePowerState.PoweredOff)
            {
                throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
            }

            return machine.Snapshots.All.Any()
                ? throw Faults.NotSupported("RelocateVM_Task of a machine with snapshots to another datastore (remove the snapshots first)")
                : new RelocationTargets(homeMoves ? home : null, disks);
        }
    }

    private async Task MoveFilesAsync(
        VirtualMachineEntity machine, RelocationTargets targets, string userName, CancellationToken cancellationToken)
    {
        var before = machine.Config;
        var oldVmx = world.Locate(machine.VmxPath.ToString()).File;
        var (_, vmx) = targets.Home is { } home ? homes.Choose($"[{home.Name}]", before.Name) : (null!, machine.VmxPath);
        var newVmx = world.Locate(vmx.ToString()).File;
        world.Space.Require(newVmx, 0);
        var actions = new DiskActions(world.Platform.Disks);
        var made = new List<string>();
        var flattened = new List<string>();
        VirtualMachineConfigInfo after;
        try
        {
            MakeDirectory(Path.GetDirectoryName(newVmx)!, made);
            var files = new Dictionary<int, string>();
            foreach (var disk in (before.Hardware.Device ?? []).OfType<VirtualDisk>().Where(disk => targets.Disks.ContainsKey(disk.Key)))
            {
                var (datastore, moveType) = targets.Disks[disk.Key];
                var from = world.Locate(((VirtualDeviceFileBackingInfo)disk.Backing!).FileName).File;
                var to = Path.Combine(datastore.Locate(new DatastorePath(datastore.Name, vmx.Parent.Relative)), Path.GetFileName(from));
                MakeDirectory(Path.GetDirectoryName(to)!, made);
                if (reader.Inspect(from)?.ParentPath is null || moveType == ChildMost)
                {
                    await actions.MoveAsync(from, to, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await actions.CopyAsync(from, to, null, cancellationToken).ConfigureAwait(false);
                    flattened.Add(from);
                }

                files.Add(disk.Key, to);
            }

            after = MachineDisks.WithDisks(before, disk => files.TryGetValue(disk.Key, out var file) ? reader.WithFile(disk, file) : disk);
            after.ChangeVersion = ConfigurationChange.NextVersion(before.ChangeVersion);
            after.Files = Renamed(before.Files, vmx);
            await VmxFiles.WriteTextAsync(newVmx, VmxFile.Render(after, machine.HiddenVariables), cancellationToken).ConfigureAwait(false);
            await machine.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, machine.Reference, after, running: false), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (newVmx != oldVmx)
            {
                File.Delete(newVmx);
            }

            await actions.UndoAsync().ConfigureAwait(false);
            DeleteEmpty(Enumerable.Reverse(made));
            throw;
        }

        lock (world.Store.Gate)
        {
            machine.Config = after;
            VirtualMachinePlacement.Refresh(world, machine);
            world.Events.PostMachineEvent(
                new VmRelocatedEvent { Template = before.Template }, machine, userName, $"{machine.Name} is at {vmx} now.");
        }

        foreach (var disk in flattened.Where(disk => world.Platform.Disks.UserOf(disk) is null))
        {
            await world.Platform.Disks.DeleteAsync(disk, CancellationToken.None).ConfigureAwait(false);
        }

        if (newVmx != oldVmx)
        {
            File.Delete(oldVmx);
            DeleteEmpty([Path.GetDirectoryName(oldVmx)!]);
        }

        VirtualMachineLayout.Refresh(world, machine);
        world.RefreshSpace();
    }

    private static VirtualMachineFileInfo Renamed(VirtualMachineFileInfo files, DatastorePath vmx)
    {
        var home = vmx.Parent + "/";
        var renamed = files.ShallowClone();
        renamed.VmPathName = vmx.ToString();
        renamed.SnapshotDirectory = home;
        renamed.SuspendDirectory = home;
        renamed.LogDirectory = home;
        return renamed;
    }

    private static void MakeDirectory(string directory, List<string> made)
    {
        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            made.Add(directory);
        }
    }

    private static void DeleteEmpty(IEnumerable<string> directories)
    {
        foreach (var directory in directories.Where(directory => !Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            Directory.Delete(directory);
        }
    }

    private sealed record RelocationTargets(
        DatastoreEntity? Home, Dictionary<int, (DatastoreEntity Datastore, string? MoveType)> Disks);
}
