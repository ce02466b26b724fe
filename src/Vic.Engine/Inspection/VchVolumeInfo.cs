using Vic.Configuration;
using Vic.Engine.Inventory;

namespace Vic.Engine.Inspection;

/// <summary>A volume of a VCH: a virtual disk that containers mount and that outlives them.</summary>
public sealed class VchVolumeInfo
{
    private readonly DatastoreDisk _disk;

    internal VchVolumeInfo(VchInfo host, string store, GuestUrl location, DatastoreDisk disk, IReadOnlyList<string> users)
    {
        Host = host;
        Store = store;
        StoreLocation = location.ToString();
        _disk = disk;
        UsedBy = users;
    }

    /// <summary>The VCH.</summary>
    public VchInfo Host { get; }

    /// <summary>The volume's name in Docker.</summary>
    public string Name => Path.GetFileNameWithoutExtension(_disk.Name);

    /// <summary>The label of the volume store.</summary>
    public string Store { get; }

    /// <summary>Where the volume store is, as <c>ds://datastore/folder</c>.</summary>
    public string StoreLocation { get; }

    /// <summary>The disk, <c>[datastore] folder/file</c>.</summary>
    public string DiskPath => $"{_disk.Folder}/{_disk.Name}";

    /// <summary>What it can hold, in bytes.</summary>
    public long Capacity => _disk.Capacity;

    /// <summary>What it occupies on the datastore, in bytes.</summary>
    public long Size => _disk.Size;

    /// <summary>When the disk was last written, in UTC; null when the server does not say.</summary>
    public DateTime? Modified => _disk.Modified;

    /// <summary>The names of the containers that mount it, running or not.</summary>
    public IReadOnlyList<string> UsedBy { get; }
}
