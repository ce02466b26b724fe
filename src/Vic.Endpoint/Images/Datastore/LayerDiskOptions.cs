using Vic.Vim25;

namespace Vic.Endpoint.Images.Datastore;

/// <summary>Where layers' disks are, and which VM writes them.</summary>
internal sealed record LayerDiskOptions
{
    /// <summary>The endpoint VM, the one this process runs in.</summary>
    public required ManagedObjectReference Endpoint { get; init; }

    /// <summary>The datacenter.</summary>
    public required ManagedObjectReference Datacenter { get; init; }

    /// <summary>The datacenter's inventory path, for files over HTTPS.</summary>
    public required string DatacenterPath { get; init; }

    /// <summary>The datastore's name.</summary>
    public required string Datastore { get; init; }

    /// <summary>The folder on it: <c>path/VIC/uuid/images</c>, without a slash at either end.</summary>
    public required string Folder { get; init; }

    /// <summary>The capacity of every layer's disk in KB; the disks are thin.</summary>
    public long CapacityInKilobytes { get; init; } = 8_000_000;

    /// <summary>Where disks are mounted while a layer is written.</summary>
    public string MountFolder { get; init; } = "/run/vic/layers";

    /// <summary>How long a hot-added disk may take to show up.</summary>
    public TimeSpan AttachLimit { get; init; } = TimeSpan.FromMinutes(1);
}
