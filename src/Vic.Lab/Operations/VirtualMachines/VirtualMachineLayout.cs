using Vic.Lab.Disks;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Which files a machine consists of, and what they take: its properties layout, layoutEx and storage.</summary>
internal sealed class VirtualMachineLayout
{
    private readonly LabWorld world;
    private readonly List<VirtualMachineFileLayoutExFileInfo> files = [];
    private readonly Dictionary<string, int> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<ManagedObjectReference, VirtualMachineUsageOnDatastore> usage = [];

    private VirtualMachineLayout(LabWorld world) => this.world = world;

    /// <summary>Looks at a machine's files and shows what is there.</summary>
    public static void Refresh(LabWorld world, VirtualMachineEntity machine)
    {
        VirtualMachineConfigInfo config;
        List<SnapshotObject> snapshots;
        string vmx;
        lock (world.Store.Gate)
        {
            (config, snapshots, vmx) = (machine.Config, [.. machine.Snapshots.All], world.Locate(machine.VmxPath.ToString()).File);
        }

        var layout = new VirtualMachineLayout(world);
        layout.Add(vmx, "config");
        var stem = SnapshotFiles.StemOf(vmx);
        layout.Add(stem + ".vmsd", "snapshotList");
        var snapshotFiles = snapshots.ToDictionary(snapshot => snapshot, snapshot => layout.Add(SnapshotFiles.StateFile(stem, snapshot.Id), "snapshotData"));
        var disks = layout.DisksOf(config);
        var now = DateTime.UtcNow;
        var extended = new VirtualMachineFileLayoutEx
        {
            File = layout.files,
            Disk = disks,
            Snapshot = snapshots.Count == 0 ? null : [.. snapshots.Select(snapshot => new VirtualMachineFileLayoutExSnapshotLayout
            {
                Key = snapshot.Reference,
                DataKey = snapshotFiles[snapshot],
                MemoryKey = -1,
                Disk = layout.DisksOf(snapshot.Config),
            })],
            Timestamp = now,
        };
        var storage = new VirtualMachineStorageInfo { PerDatastoreUsage = [.. layout.usage.Values], Timestamp = now };
        lock (world.Store.Gate)
        {
            machine.Write("layoutEx", extended);
            machine.Write("layout", layout.Summarize(vmx, disks));
            machine.ShowStorage(storage);
        }
    }

    private List<VirtualMachineFileLayoutExDiskLayout> DisksOf(VirtualMachineConfigInfo config)
        =>
        [
            .. (config.Hardware.Device ?? []).OfType<VirtualDisk>().Where(disk => disk.Backing is VirtualDeviceFileBackingInfo)
                .Select(disk => new VirtualMachineFileLayoutExDiskLayout
                {
                    Key = disk.Key,
                    Chain = [.. DiskDepth.Chain(world.Platform.Disks, world.Locate(((VirtualDeviceFileBackingInfo)disk.Backing!).FileName).File)
                        .AsEnumerable()
                        .Reverse()
                        .Select(file => new VirtualMachineFileLayoutExDiskUnit { FileKey = AddDisk(file) })],
                }),
        ];

    private List<int> AddDisk(string file)
    {
        var facts = world.Platform.Disks.Inspect(file);
        var descriptor = Add(file, "diskDescriptor");
        if (facts is null)
        {
            return [descriptor];
        }

        var isNew = !keys.ContainsKey(facts.DataPath);
        var isThick = !facts.Thin && facts.ParentPath is null;
        var data = Add(facts.DataPath, "diskExtent", isThick ? facts.CapacityBytes : facts.DataBytes);
        if (isNew && !isThick && world.PathOf(file) is { } path)
        {
            UsageOn(path).Uncommitted += Math.Max(0, facts.CapacityBytes - facts.DataBytes);
        }

        return [descriptor, data];
    }

    private int Add(string file, string type, long? bytes = null)
    {
        if (keys.TryGetValue(file, out var known))
        {
            return known;
        }

        var info = new System.IO.FileInfo(file);
        if (!info.Exists || world.PathOf(file) is not { } path)
        {
            return -1;
        }

        var key = files.Count;
        keys.Add(file, key);
        var isShared = type == "diskExtent" && DiskFiles.Find(file) is { } disk && world.Platform.Disks.ChildrenOf(disk.Path).Count > 1;
        var size = bytes ?? info.Length;
        var unique = isShared ? 0 : size;
        files.Add(new VirtualMachineFileLayoutExFileInfo
        {
            Key = key,
            Name = path.ToString(),
            Type = type,
            Size = size,
            UniqueSize = unique,
            Accessible = true,
        });
        var used = UsageOn(path);
        used.Committed += size;
        used.Unshared += unique;
        return key;
    }

    private VirtualMachineUsageOnDatastore UsageOn(DatastorePath path)
    {
        var datastore = world.Locate(path.ToString()).Datastore.Reference;
        if (!usage.TryGetValue(datastore, out var used))
        {
            usage.Add(datastore, used = new VirtualMachineUsageOnDatastore { Datastore = datastore });
        }

        return used;
    }

    private VirtualMachineFileLayout Summarize(string vmx, List<VirtualMachineFileLayoutExDiskLayout> disks) => new()
    {
        ConfigFile = [Path.GetFileName(vmx)],
        LogFile = [],
        Disk =
        [
            .. disks.Select(disk => new VirtualMachineFileLayoutDiskLayout
            {
                Key = disk.Key,
                DiskFile = [.. (disk.Chain ?? []).Where(unit => unit.FileKey[0] >= 0).Select(unit => files[unit.FileKey[0]].Name)],
            }),
        ],
    };
}
