using Vic.Lab.Disks;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A datastore: a directory of this computer.</summary>
internal sealed class DatastoreEntity : Entity
{
    private readonly StorageSpace space;

    /// <param name="reference">Its reference.</param>
    /// <param name="name">Its name.</param>
    /// <param name="folder">The folder that it is in.</param>
    /// <param name="directory">The directory that holds its files.</param>
    /// <param name="space">Measures what is left of the directory.</param>
    /// <param name="nas">The server's directory that it stands for; null for disks of the hosts.</param>
    public DatastoreEntity(
        ManagedObjectReference reference, string name, ManagedObjectReference folder, string directory, StorageSpace space, HostNasVolumeSpec? nas = null)
        : base(reference, name, folder)
    {
        this.space = space;
        Nas = nas;
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

    /// <summary>The server's directory that the datastore stands for; null for disks of the hosts.</summary>
    public HostNasVolumeSpec? Nas { get; }

    public DatastoreSummary Summary => Read<DatastoreSummary>("summary")!;

    /// <summary>The hosts that have mounted the datastore.</summary>
    public IReadOnlyList<DatastoreHostMount> Mounts
    {
        get => Read<List<DatastoreHostMount>>("host")!;
        set
        {
            Write("host", value.ToList());
            Refresh();
        }
    }

    /// <summary>The file system as its hosts show it.</summary>
    public HostFileSystemVolume Volume(long capacity) => Nas is { } nas
        ? new HostNasVolume
        {
            Type = "NFS",
            Name = Name,
            Capacity = capacity,
            RemoteHost = nas.RemoteHost,
            RemotePath = nas.RemotePath,
            RemoteHostNames = nas.RemoteHostNames ?? [nas.RemoteHost],
            UserName = nas.UserName,
        }
        : new HostVmfsVolume
        {
            Type = "VMFS",
            Name = Name,
            Capacity = capacity,
            BlockSizeMb = 1,
            MaxBlocks = 63963136,
            MajorVersion = 6,
            Version = "6.82",
            Uuid = Url.TrimEnd('/')[(Url.TrimEnd('/').LastIndexOf('/') + 1)..],
            VmfsUpgradable = false,
        };

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
        var volume = Volume(room.Capacity);
        DatastoreInfo info = volume is HostNasVolume nas ? new NasDatastoreInfo { Nas = nas } : new VmfsDatastoreInfo { Vmfs = (HostVmfsVolume)volume };
        info.Name = Name;
        info.Url = Url;
        info.FreeSpace = room.Free;
        info.MaxFileSize = room.Capacity;
        info.MaxVirtualDiskCapacity = 62L << 40;
        info.MaxMemoryFileSize = room.Capacity;
        info.Timestamp = DateTime.UtcNow;
        Write("info", info);
        Write("summary", new DatastoreSummary
        {
            Datastore = Reference,
            Name = Name,
            Url = Url,
            Capacity = room.Capacity,
            FreeSpace = room.Free,
            Accessible = true,
            MultipleHostAccess = Read<List<DatastoreHostMount>>("host") is { Count: > 1 },
            Type = volume.Type,
            MaintenanceMode = "normal",
        });
    }
}
