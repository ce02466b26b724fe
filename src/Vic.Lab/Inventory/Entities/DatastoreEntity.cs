using Vic.Lab.Disks;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A datastore: a directory of this computer.</summary>
internal sealed class DatastoreEntity : Entity
{
    private readonly StorageSpace space;

    public DatastoreEntity(ManagedObjectReference reference, string name, ManagedObjectReference folder, string directory, StorageSpace space)
        : base(reference, name, folder)
    {
        this.space = space;
        space.Add(directory);
        RootDirectory = directory;
        Url = $"ds:///vmfs/volumes/{Guid.NewGuid().ToString("D")}/";
        Write("vm", new List<ManagedObjectReference>());
        Write("host", new List<DatastoreHostMount>());
        Write("capability", new DatastoreCapability
        {
            DirectoryHierarchySupported = true,
            RawDiskMappingsSupported = false,
            PerFileThinProvisioningSupported = true,
            StorageIORMSupported = false,
            NativeSnapshotSupported = false,
            TopLevelDirectoryCreateSupported = true,
            SeSparseSupported = false,
        });
        Refresh();
    }

    /// <summary>The directory that holds the datastore's files.</summary>
    public string RootDirectory { get; }

    public string Url { get; }

    /// <summary>The file of this computer that a path means.</summary>
    public string Locate(DatastorePath path) => Path.Combine(RootDirectory, path.Relative);

    /// <summary>The datastore path of a file of this computer, or null when it is elsewhere.</summary>
    public DatastorePath? PathOf(string file)
    {
        var relative = Path.GetRelativePath(RootDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? null : new DatastorePath(Name, relative.Replace('\\', '/'));
    }

    /// <summary>Reads capacity and free space again.</summary>
    public void Refresh() => Show(space.Measure(RootDirectory));

    /// <summary>Shows a capacity and the space left of it, in bytes.</summary>
    public void Show((long Capacity, long Free) room)
    {
        Write("info", new VmfsDatastoreInfo
        {
            Name = Name,
            Url = Url,
            FreeSpace = room.Free,
            MaxFileSize = room.Capacity,
            MaxVirtualDiskCapacity = 62L << 40,
            MaxMemoryFileSize = room.Capacity,
            Timestamp = DateTime.UtcNow,
        });
        Write("summary", new DatastoreSummary
        {
            Datastore = Reference,
            Name = Name,
            Url = Url,
            Capacity = room.Capacity,
            FreeSpace = room.Free,
            Accessible = true,
            MultipleHostAccess = Read<List<DatastoreHostMount>>("host") is { Count: > 1 },
            Type = "VMFS",
            MaintenanceMode = "normal",
        });
    }
}
