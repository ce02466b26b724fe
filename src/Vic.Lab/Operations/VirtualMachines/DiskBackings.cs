using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Resolves what backs a machine's disks: where the file is, whether it is to be made, and its chain of parents.</summary>
/// <param name="world">The lab.</param>
/// <param name="home">The directory of the machine's .vmx file, where disks without a path go.</param>
/// <param name="machineName">The machine's name, after which such disks are named.</param>
internal sealed class DiskBackings(LabWorld world, DatastorePath home, string machineName)
{
    private readonly DiskBackingReader reader = new(world);
    private readonly HashSet<string> planned = new(StringComparer.Ordinal);

    /// <summary>The file of a disk that is attached already.</summary>
    public string PathOf(int index, VirtualDisk disk)
        => disk.Backing is VirtualDeviceFileBackingInfo file
            ? world.Locate(file.FileName).File
            : throw Faults.InvalidDeviceBacking(index, "The disk is not backed by a file.");

    /// <summary>Fills in the backing of a disk that is being added, and notes the file to make.</summary>
    public void Prepare(int index, VirtualDisk disk, VirtualDeviceConfigSpecFileOperation? operation, List<DiskAction> actions)
    {
        var backing = (disk.Backing as VirtualDiskFlatVer2BackingInfo)?.ShallowClone()
            ?? throw Faults.InvalidDeviceBacking(index, "The disk needs a flat backing, version 2.");
        backing.DiskMode = backing.DiskMode.Length == 0 ? "persistent" : backing.DiskMode;
        disk.Backing = backing;
        if (operation is VirtualDeviceConfigSpecFileOperation.Create or VirtualDeviceConfigSpecFileOperation.Replace)
        {
            PrepareNew(index, disk, backing, operation == VirtualDeviceConfigSpecFileOperation.Replace, actions);
        }
        else
        {
            PrepareExisting(index, disk, backing);
        }
    }

    /// <summary>Fills in an edited disk, and notes that its file grows.</summary>
    public void Edit(int index, VirtualDisk old, VirtualDisk disk, List<DiskAction> actions)
    {
        var oldBacking = (VirtualDiskFlatVer2BackingInfo)old.Backing!;
        var backing = oldBacking.ShallowClone();
        if (disk.Backing is VirtualDiskFlatVer2BackingInfo asked)
        {
            if (asked.FileName.Length > 0 && world.Locate(asked.FileName).File != world.Locate(oldBacking.FileName).File)
            {
                throw Faults.InvalidDeviceBacking(index, "An attached disk keeps its file; remove it and add another.");
            }

            backing.DiskMode = asked.DiskMode.Length == 0 ? backing.DiskMode : asked.DiskMode;
        }

        disk.Backing = backing;
        var capacity = Capacity(disk);
        var before = Capacity(old);
        if (capacity > before)
        {
            actions.Add(new DiskAction.Extend(PathOf(index, old), capacity));
        }
        else if (capacity != 0 && capacity < before)
        {
            throw Faults.InvalidDeviceSpec(index, "capacityInKB", "A disk cannot shrink.");
        }

        SetCapacity(disk, Math.Max(capacity, before));
        disk.DiskObjectId = old.DiskObjectId;
    }

    private void PrepareNew(int index, VirtualDisk disk, VirtualDiskFlatVer2BackingInfo backing, bool replace, List<DiskAction> actions)
    {
        var path = NewPath(backing.FileName);
        var (datastore, _, file) = world.Locate(path.ToString());
        if (!replace && (File.Exists(file) || !planned.Add(file)))
        {
            throw Faults.FileAlreadyExists(path);
        }

        var uuid = ParseUuid(backing.Uuid) ?? Guid.NewGuid();
        string? parentFile = null;
        long capacity;
        if (backing.Parent is { } parent)
        {
            var (_, parentPath, located) = world.Locate(parent.FileName);
            var facts = reader.Inspect(located) ?? throw Faults.FileNotFound(parentPath);
            parentFile = located;
            capacity = Math.Max(facts.CapacityBytes, Capacity(disk));
            backing.Parent = reader.Read(located, "persistent");
            backing.ThinProvisioned = true;
        }
        else
        {
            capacity = Capacity(disk);
            if (capacity <= 0)
            {
                throw Faults.InvalidDeviceSpec(index, "capacityInKB", "A new disk needs a capacity.");
            }
        }

        actions.Add(new DiskAction.Create(file, parentFile, capacity, backing.ThinProvisioned ?? false, uuid, replace));
        backing.FileName = path.ToString();
        backing.Datastore = datastore.Reference;
        backing.Uuid = uuid.ToString("D");
        SetCapacity(disk, capacity);
        disk.DiskObjectId = $"1-{disk.Key.ToString(CultureInfo.InvariantCulture)}";
    }

    private void PrepareExisting(int index, VirtualDisk disk, VirtualDiskFlatVer2BackingInfo backing)
    {
        var (datastore, path, file) = world.Locate(backing.FileName);
        var facts = reader.Inspect(file);
        if (facts is null)
        {
            throw File.Exists(file)
                ? Faults.InvalidDeviceBacking(index, $"{path} is not a virtual disk.")
                : Faults.FileNotFound(path);
        }

        backing.FileName = path.ToString();
        backing.Datastore = datastore.Reference;
        backing.Uuid = facts.Uuid.ToString("D");
        backing.ThinProvisioned = facts.Thin;
        backing.Parent = facts.ParentPath is { } parent ? reader.Read(parent, "persistent") : null;
        SetCapacity(disk, facts.CapacityBytes);
        disk.DiskObjectId = $"1-{disk.Key.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The path of a new disk: as asked, or a free name in the asked directory or the machine's own.</summary>
    private DatastorePath NewPath(string asked)
    {
        if (asked.Length > 0 && !asked.StartsWith('['))
        {
            return home.Combine(asked);
        }

        var directory = home;
        if (asked.Length > 0)
        {
            if (!DatastorePath.TryParse(asked, out var path))
            {
                throw Faults.InvalidDatastorePath(asked);
            }

            if (path.Relative.EndsWith(".vmdk", StringComparison.OrdinalIgnoreCase))
            {
                return path;
            }

            directory = path.Relative.Length == 0 && path.Datastore == home.Datastore ? home
                : path.Relative.Length == 0 ? new DatastorePath(path.Datastore, home.Relative)
                : path;
        }

        for (var number = 0; ; number++)
        {
            var suffix = number == 0 ? string.Empty : "_" + number.ToString(CultureInfo.InvariantCulture);
            var candidate = directory.Combine(VirtualMachinePaths.FileStem(machineName) + suffix + ".vmdk");
            var file = world.Locate(candidate.ToString()).File;
            if (!File.Exists(file) && !planned.Contains(file))
            {
                return candidate;
            }
        }
    }

    private static long Capacity(VirtualDisk disk) => disk.CapacityInBytes ?? (disk.CapacityInKB << 10);

    private static void SetCapacity(VirtualDisk disk, long bytes)
    {
        disk.CapacityInKB = bytes >> 10;
        disk.CapacityInBytes = bytes;
    }

    private static Guid? ParseUuid(string? text) => Guid.TryParse(text, out var uuid) ? uuid : null;
}
