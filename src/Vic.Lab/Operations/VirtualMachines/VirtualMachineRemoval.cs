using Vic.Lab.Disks;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Takes virtual machines out of the inventory, with or without their files; the caller holds the machine's operation lock.</summary>
internal sealed class VirtualMachineRemoval(LabWorld world)
{
    private static readonly string[] OwnSuffixes = [".vmx", ".vmxf", ".vmsd", ".vmsn", ".nvram", ".log", ".vswp", ".vmss"];

    public async Task UnregisterAsync(VirtualMachineEntity machine, string userName)
    {
        CheckOff(machine);
        await VmxFiles.WriteAsync(world, machine, CancellationToken.None).ConfigureAwait(false);
        Leave(machine, userName);
        await machine.Machine.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Deletes the machine's disks with those of its snapshots, its own files, and its directory when nothing else is in it. A disk that others
    /// need, as a parent or at this moment, stays.
    /// </summary>
    public async Task DestroyAsync(VirtualMachineEntity machine, string userName, CancellationToken cancellationToken)
    {
        CheckOff(machine);
        var vmx = world.Locate(machine.VmxPath.ToString()).File;
        var disks = DisksOf(machine);
        await machine.Machine.DisposeAsync().ConfigureAwait(false);
        Leave(machine, userName);
        foreach (var disk in disks)
        {
            await DeleteUnlessNeededAsync(disk, cancellationToken).ConfigureAwait(false);
        }

        DeleteFiles(vmx);
        world.RefreshSpace();
    }

    /// <summary>The disks of the machine and of its snapshots, children before their parents.</summary>
    private List<string> DisksOf(VirtualMachineEntity machine)
    {
        List<VirtualMachineConfigInfo> states;
        lock (world.Store.Gate)
        {
            states = [machine.Config, .. machine.Snapshots.All.Select(snapshot => snapshot.Config)];
        }

        return
        [
            .. states.SelectMany(config => MachineDisks.FilesOf(world, config))
                .Distinct()
                .Where(File.Exists)
                .OrderByDescending(file => DiskDepth.Of(world.Platform.Disks, file)),
        ];
    }

    private async Task DeleteUnlessNeededAsync(string disk, CancellationToken cancellationToken)
    {
        if (world.Platform.Disks.UserOf(disk) is not null)
        {
            return;
        }

        try
        {
            await world.Platform.Disks.DeleteAsync(disk, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or VirtualDiskInUseException)
        {
            // Somebody else was faster.
            return;
        }
    }

    private void CheckOff(VirtualMachineEntity machine)
    {
        lock (world.Store.Gate)
        {
            if (machine.PowerState == VirtualMachinePowerState.PoweredOn)
            {
                throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
            }
        }
    }

    private void Leave(VirtualMachineEntity machine, string userName)
    {
        lock (world.Store.Gate)
        {
            if (!world.Store.TryFind(machine.Reference, out _))
            {
                throw Faults.ManagedObjectNotFound(machine.Reference);
            }

            world.Events.PostMachineEvent(new VmRemovedEvent { Template = false }, machine, userName, $"Removed {machine.Name}.");
            foreach (var snapshot in machine.Snapshots.All)
            {
                world.Store.Remove(snapshot);
            }

            LeaveGroups(machine.Reference);
            VirtualMachinePlacement.Leave(world, machine);
        }
    }

    // A cluster's groups hold no machine that is not there. Under the store's lock.
    private void LeaveGroups(ManagedObjectReference machine)
    {
        foreach (var cluster in world.Store.OfType<ClusterEntity>())
        {
            if (cluster.Configuration.Group?.OfType<ClusterVmGroup>().Any(group => group.Vm?.Contains(machine) == true) == true)
            {
                var config = cluster.Configuration.ShallowClone();
                config.Group = cluster.Configuration.Group.ConvertAll(group => group is ClusterVmGroup members ? Without(members, machine) : group);
                cluster.Configuration = config;
            }
        }
    }

    private static ClusterVmGroup Without(ClusterVmGroup group, ManagedObjectReference machine)
    {
        var left = group.ShallowClone();
        left.Vm = group.Vm?.Where(member => member != machine).ToList();
        return left;
    }

    private static void DeleteFiles(string vmx)
    {
        var home = Path.GetDirectoryName(vmx)!;
        if (!Directory.Exists(home))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(home))
        {
            if (OwnSuffixes.Any(suffix => file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
            {
                File.Delete(file);
            }
        }

        if (!Directory.EnumerateFileSystemEntries(home).Any())
        {
            Directory.Delete(home);
        }
    }
}
