using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Describes disks on datastores as the API does: a backing with the backings of its parents.</summary>
internal sealed class DiskBackingReader(LabWorld world)
{
    private const int ChainLimit = 255;

    /// <summary>The backing of a disk, or null when the file is no disk of a datastore.</summary>
    public VirtualDiskFlatVer2BackingInfo? Read(string file, string diskMode) => Read(file, diskMode, ChainLimit);

    /// <summary>The same disk with another file behind it.</summary>
    public VirtualDisk WithFile(VirtualDisk disk, string file)
    {
        var changed = disk.ShallowClone();
        changed.Backing = Read(file, ((VirtualDiskFlatVer2BackingInfo)disk.Backing!).DiskMode) ?? throw Faults.FileNotFound(world.PathOf(file) ?? default);
        var capacity = world.Platform.Disks.Inspect(file)!.CapacityBytes;
        changed.CapacityInBytes = capacity;
        changed.CapacityInKB = capacity >> 10;
        return changed;
    }

    public VirtualDiskFacts? Inspect(string file) => File.Exists(file) ? world.Platform.Disks.Inspect(file) : null;

    private VirtualDiskFlatVer2BackingInfo? Read(string file, string diskMode, int limit)
    {
        if (limit == 0 || Inspect(file) is not { } facts || world.PathOf(file) is not { } path)
        {
            return null;
        }

        return new VirtualDiskFlatVer2BackingInfo
        {
            FileName = path.ToString(),
            Datastore = world.Locate(path.ToString()).Datastore.Reference,
            DiskMode = diskMode,
            ThinProvisioned = facts.Thin,
            Uuid = facts.Uuid.ToString("D"),
            Parent = facts.ParentPath is { } parent ? Read(parent, "persistent", limit - 1) : null,
        };
    }
}
