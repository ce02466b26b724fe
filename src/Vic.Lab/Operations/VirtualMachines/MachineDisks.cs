using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>The disks of a configuration, as files.</summary>
internal static class MachineDisks
{
    /// <summary>The file of each disk, the top of its chain.</summary>
    public static IEnumerable<string> FilesOf(LabWorld world, VirtualMachineConfigInfo config)
        => (config.Hardware.Device ?? []).OfType<VirtualDisk>()
            .Select(disk => disk.Backing)
            .OfType<VirtualDeviceFileBackingInfo>()
            .Select(backing => world.Locate(backing.FileName).File);

    /// <summary>Whether a disk takes part in snapshots.</summary>
    public static bool IsSnapshotted(VirtualDisk disk)
        => disk.Backing is VirtualDiskFlatVer2BackingInfo backing && !backing.DiskMode.StartsWith("independent", StringComparison.Ordinal);

    /// <summary>A configuration in which each disk is what <paramref name="change"/> makes of it.</summary>
    public static VirtualMachineConfigInfo WithDisks(VirtualMachineConfigInfo config, Func<VirtualDisk, VirtualDisk> change)
    {
        var changed = config.ShallowClone();
        changed.Hardware = config.Hardware.ShallowClone();
        changed.Hardware.Device = [.. (config.Hardware.Device ?? []).Select(device => device is VirtualDisk disk ? change(disk) : device)];
        return changed;
    }
}
