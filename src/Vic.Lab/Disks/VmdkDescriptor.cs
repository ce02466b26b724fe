using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vic.Lab.Machines;

namespace Vic.Lab.Disks;

/// <summary>
/// The text descriptor of a virtual disk (VMware's "Virtual Disk Format 5.0", section "The Descriptor"), with the lines that ESXi writes.
/// </summary>
internal sealed record VmdkDescriptor
{
    /// <summary>No descriptor is longer; anything larger under a .vmdk name is data.</summary>
    public const int MaximumLength = 64 * 1024;

    /// <summary>Bytes in a sector.</summary>
    public const int SectorSize = 512;

    private const string NoParent = "ffffffff";

    /// <summary>Identifies the content; a child names the one of its parent.</summary>
    public required string ContentId { get; init; }

    /// <summary>The parent's content id, or null for a disk without one.</summary>
    public string? ParentContentId { get; init; }

    /// <summary>The parent's descriptor, relative to this one or absolute; null for a disk without one.</summary>
    public string? ParentFileNameHint { get; init; }

    /// <summary>Capacity in sectors.</summary>
    public required long Sectors { get; init; }

    /// <summary>The data file's name, in the descriptor's directory.</summary>
    public required string ExtentFileName { get; init; }

    /// <summary>The disk's uuid.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>Whether the disk is thin.</summary>
    public bool Thin { get; init; } = true;

    /// <summary>A content id for a new disk.</summary>
    public static string NewContentId() => RandomNumberGenerator.GetInt32(1, int.MaxValue).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>A uuid for a new disk; VMware's begin with 6000c29.</summary>
    public static Guid NewUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        (bytes[0], bytes[1], bytes[2]) = (0x60, 0x00, 0xC2);
        bytes[3] = (byte)(0x90 | (bytes[3] & 0x0F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Reads a descriptor.</summary>
    /// <exception cref="MachineException">The text is no descriptor, or not one of this kind.</exception>
    public static VmdkDescriptor Parse(string text)
    {
        if (!text.StartsWith("# Disk DescriptorFile", StringComparison.Ordinal))
        {
            throw new MachineException("The file is no virtual disk descriptor.");
        }

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? extent = null;
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("RW ", StringComparison.Ordinal))
            {
                extent = extent is null ? line : throw new MachineException("Virtual disks of several extents are not supported.");
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim().Trim('"');
            }
        }

        var (sectors, fileName) = ParseExtent(extent);
        var parent = values.GetValueOrDefault("parentCID", NoParent);
        return new VmdkDescriptor
        {
            ContentId = values.GetValueOrDefault("CID") ?? throw new MachineException("The disk descriptor has no CID."),
            ParentContentId = parent == NoParent ? null : parent,
            ParentFileNameHint = parent == NoParent
                ? null
                : values.GetValueOrDefault("parentFileNameHint") ?? throw new MachineException("The disk descriptor does not name its parent."),
            Sectors = sectors,
            ExtentFileName = fileName,
            Uuid = ParseUuid(values.GetValueOrDefault("ddb.uuid")),
            Thin = values.GetValueOrDefault("ddb.thinProvisioned") == "1",
        };
    }

    /// <summary>The descriptor as text.</summary>
    public string Format()
    {
        const int heads = 255;
        const int sectorsPerTrack = 63;
        var isChild = ParentContentId is not null;
        var text = new StringBuilder()
            .Append("# Disk DescriptorFile\nversion=1\nencoding=\"UTF-8\"\n")
            .Append(CultureInfo.InvariantCulture, $"CID={ContentId}\nparentCID={ParentContentId ?? NoParent}\nisNativeSnapshot=\"no\"\n")
            .Append(CultureInfo.InvariantCulture, $"createType=\"{(isChild ? "vmfsSparse" : "vmfs")}\"\n");
        if (isChild)
        {
            text.Append(CultureInfo.InvariantCulture, $"parentFileNameHint=\"{ParentFileNameHint}\"\n");
        }

        text.Append("\n# Extent description\n")
            .Append(CultureInfo.InvariantCulture, $"RW {Sectors} {(isChild ? "VMFSSPARSE" : "VMFS")} \"{ExtentFileName}\"\n")
            .Append("\n# The Disk Data Base\n#DDB\n\nddb.adapterType = \"lsilogic\"\n")
            .Append(CultureInfo.InvariantCulture, $"ddb.geometry.cylinders = \"{Math.Max(1, Sectors / (heads * sectorsPerTrack))}\"\n")
            .Append(CultureInfo.InvariantCulture, $"ddb.geometry.heads = \"{heads}\"\nddb.geometry.sectors = \"{sectorsPerTrack}\"\n")
            .Append(CultureInfo.InvariantCulture, $"ddb.longContentID = \"{Convert.ToHexStringLower(Uuid.ToByteArray())[..24]}{ContentId}\"\n");
        if (Thin)
        {
            text.Append("ddb.thinProvisioned = \"1\"\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"ddb.uuid = \"{FormatUuid(Uuid)}\"\nddb.virtualHWVersion = \"13\"\n").ToString();
    }

    private static (long Sectors, string FileName) ParseExtent(string? extent)
    {
        var quote = extent?.IndexOf('"', StringComparison.Ordinal) ?? -1;
        var words = extent?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (quote < 0 || words.Length < 4 || !extent!.EndsWith('"') || extent.Length < quote + 3
            || !long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sectors)
            || sectors is <= 0 or > long.MaxValue / SectorSize)
        {
            throw new MachineException("The disk descriptor has no extent.");
        }

        var name = extent[(quote + 1)..^1];
        return name.Contains('/', StringComparison.Ordinal) || name is "." or ".."
            ? throw new MachineException("The data file of a virtual disk must be in the directory of its descriptor.")
            : (sectors, name);
    }

    private static Guid ParseUuid(string? text)
    {
        var digits = (text ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Guid.TryParseExact(digits, "N", out var uuid) ? uuid : throw new MachineException("The disk descriptor has no uuid.");
    }

    private static string FormatUuid(Guid uuid)
    {
        var bytes = uuid.ToByteArray(bigEndian: true);
        var first = string.Join(' ', bytes.Take(8).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
        var second = string.Join(' ', bytes.Skip(8).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
        return $"{first}-{second}";
    }
}
