namespace Vic.Oci.Layers;

/// <summary>One entry of a layer's archive, without its content.</summary>
public sealed record LayerEntry
{
    /// <summary>What it is.</summary>
    public required LayerEntryKind Kind { get; init; }

    /// <summary>Where it goes.</summary>
    public required LayerPath Path { get; init; }

    /// <summary>The bytes that a link holds; empty for anything else.</summary>
    public byte[] LinkTarget { get; init; } = [];

    /// <summary>Permission bits, set-user-id, set-group-id and sticky bit included.</summary>
    public required int Mode { get; init; }

    /// <summary>The owner.</summary>
    public required uint UserId { get; init; }

    /// <summary>The group.</summary>
    public required uint GroupId { get; init; }

    /// <summary>When the content changed last.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>The size in bytes of the file as it is on disk, holes included.</summary>
    public long Size { get; init; }

    /// <summary>A device's major number.</summary>
    public uint DeviceMajor { get; init; }

    /// <summary>A device's minor number.</summary>
    public uint DeviceMinor { get; init; }

    /// <summary>Extended attributes by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Attributes { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>The parts of the file that the archive holds, in order; null when it holds all of it.</summary>
    public IReadOnlyList<FileExtent>? Extents { get; init; }
}
