using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>A volume of a VCH: a virtual disk that containers mount and that outlives them.</summary>
public sealed class VchVolume
{
    private readonly VchVolumeInfo _info;

    internal VchVolume(VchVolumeInfo info, VicServer server)
    {
        _info = info;
        Server = server;
    }

    /// <summary>The volume's name in Docker.</summary>
    public string Name => _info.Name;

    /// <summary>The label of the volume store.</summary>
    public string Store => _info.Store;

    /// <summary>Where the volume store is, as <c>ds://datastore/folder</c>.</summary>
    public string StoreLocation => _info.StoreLocation;

    /// <summary>The disk, <c>[datastore] folder/file</c>.</summary>
    public string Id => _info.DiskPath;

    /// <summary>What it can hold.</summary>
    public double CapacityGB => StorageSize.ToGigabytes(_info.Capacity, 2);

    /// <summary>What it occupies on the datastore.</summary>
    public double UsedSpaceGB => StorageSize.ToGigabytes(_info.Size, 2);

    /// <summary>When the disk was last written; empty when the server does not say.</summary>
    public DateTime? Modified => _info.Modified?.ToLocalTime();

    /// <summary>The names of the containers that mount it, running or not.</summary>
    public IReadOnlyList<string> UsedBy => _info.UsedBy;

    /// <summary>The name of the VCH.</summary>
    public string VCH => _info.Host.Name;

    /// <summary>The VCH and the disk, in the form of PowerCLI's Uids.</summary>
    public string Uid => ObjectIdentity.UidOf(Server, _info.Host.Reference, "VCHVolume", Id);

    /// <summary>The server that the VCH is on.</summary>
    public VicServer Server { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
