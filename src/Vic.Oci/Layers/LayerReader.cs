using System.Globalization;
using System.Text;

namespace Vic.Oci.Layers;

/// <summary>
/// Reads a layer's tar archive from a stream, entry by entry: ustar, pax, GNU's long names and GNU's sparse files. Everything is
/// bounded, and whatever is not understood is an error rather than a guess.
/// </summary>
public sealed class LayerReader(Stream archive, LayerLimits limits)
{
    private const int BlockSize = TarHeader.Size;

    private readonly byte[] _block = new byte[BlockSize];
    private readonly PaxRecords _global = new();
    private long _contentLeft;
    private int _padding;
    private int _entries;

    /// <summary>The sum of all files' sizes so far, as docker counts a layer's size.</summary>
    public long TotalSize { get; private set; }

    /// <summary>Moves to the next entry; null at the archive's end.</summary>
    /// <exception cref="LayerException">The archive is damaged or too large.</exception>
    public async ValueTask<LayerEntry?> NextAsync(CancellationToken cancellationToken)
    {
        await SkipContentAsync(cancellationToken).ConfigureAwait(false);
        var pax = new PaxRecords();
        byte[]? longName = null, longLink = null;
        var metadata = 0L;
        while (await ReadHeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            var (type, size) = HeaderFacts();
            if (type is not ((byte)'x' or (byte)'g' or (byte)'L' or (byte)'K'))
            {
                return await StartEntryAsync(type, size, pax, longName, longLink, cancellationToken).ConfigureAwait(false);
            }

            metadata += size;
            if (size < 0 || metadata > limits.EntryMetadata)
            {
                throw new LayerException(LayerErrorKind.TooLarge, $"an entry of the layer has more than {limits.EntryMetadata} bytes of extended headers");
            }

            var content = await ReadPaddedAsync((int)size, cancellationToken).ConfigureAwait(false);
            switch (type)
            {
                case (byte)'x':
                    pax.Add(content);
                    break;
                case (byte)'g':
                    _global.Add(content);
                    break;
                case (byte)'L':
                    longName = content.AsSpan().TrimEnd((byte)0).ToArray();
                    break;
                default:
                    longLink = content.AsSpan().TrimEnd((byte)0).ToArray();
                    break;
            }
        }

        return null;
    }

    /// <summary>Reads the current entry's content: the file, or a sparse file's parts one after the other. 0 at its end.</summary>
    public async ValueTask<int> ReadContentAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(buffer.Length, _contentLeft);
        if (wanted == 0)
        {
            return 0;
        }

        var read = await archive.ReadAsync(buffer[..wanted], cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            throw TarHeader.Invalid("it ends in the middle of a file");
        }

        _contentLeft -= read;
        return read;
    }

    private (byte Type, long Size) HeaderFacts()
    {
        var header = new TarHeader(_block);
        header.RequireChecksum();
        return (header.Type, header.ContentSize);
    }

    private async ValueTask<LayerEntry> StartEntryAsync(
        byte type, long headerSize, PaxRecords pax, byte[]? longName, byte[]? longLink, CancellationToken cancellationToken)
    {
        if (++_entries > limits.Entries)
        {
            throw new LayerException(LayerErrorKind.TooLarge, $"the layer has more than {limits.Entries} entries");
        }

        var stored = pax.Number("size") ?? headerSize;
        var entry = ReadEntry(type, pax, longName, longLink);
        if (stored < 0)
        {
            throw TarHeader.Invalid("an entry has a negative size");
        }

        // The size of a link or directory is not followed by content, whatever it says; a file's is.
        if (entry.Kind != LayerEntryKind.File)
        {
            (_contentLeft, _padding) = (0, 0);
            return entry;
        }

        (_contentLeft, _padding) = (stored, PaddingOf(stored));
        var (extents, realSize) = await ReadSparseAsync(type, pax, cancellationToken).ConfigureAwait(false);
        var size = extents is null ? stored : realSize ?? throw TarHeader.Invalid("a sparse file has no size");
        RequireExtents(extents, size);
        if (size > limits.UncompressedSize - TotalSize)
        {
            throw new LayerException(LayerErrorKind.TooLarge, $"the layer's files have more than {limits.UncompressedSize} bytes");
        }

        TotalSize += size;
        return entry with { Size = size, Extents = extents };
    }

    private LayerEntry ReadEntry(byte type, PaxRecords pax, byte[]? longName, byte[]? longLink)
    {
        var header = new TarHeader(_block);
        var name = pax["GNU.sparse.name"] ?? pax["path"] ?? longName ?? header.FullName();
        var path = LayerPath.Parse(name);
        if (path.Depth > limits.Depth)
        {
            throw new LayerException(LayerErrorKind.InvalidPath, $"a path of the layer leads through more than {limits.Depth} directories");
        }

        // Before POSIX, a directory was a file whose name ends in a slash.
        var kind = type is 0 or (byte)'0' && name is [.., (byte)'/'] ? LayerEntryKind.Directory : KindOf(type);
        var isLink = kind is LayerEntryKind.SymbolicLink or LayerEntryKind.HardLink;
        return new LayerEntry
        {
            Kind = kind,
            Path = path,
            LinkTarget = isLink ? pax["linkpath"] ?? longLink ?? header.LinkName.ToArray() : [],
            Mode = header.Mode,
            UserId = IdOf(pax, "uid") ?? header.UserId,
            GroupId = IdOf(pax, "gid") ?? header.GroupId,
            Modified = pax.Time("mtime") ?? _global.Time("mtime") ?? UnixTime.From(header.Modified),
            DeviceMajor = kind is LayerEntryKind.CharacterDevice or LayerEntryKind.BlockDevice ? header.DeviceMajor : 0,
            DeviceMinor = kind is LayerEntryKind.CharacterDevice or LayerEntryKind.BlockDevice ? header.DeviceMinor : 0,
            Attributes = pax.Attributes,
        };
    }

    private async ValueTask<(List<FileExtent>? Extents, long? Size)> ReadSparseAsync(byte type, PaxRecords pax, CancellationToken cancellationToken)
    {
        if (type == (byte)'S')
        {
            return await ReadOldSparseMapAsync(cancellationToken).ConfigureAwait(false);
        }

        if (pax.HasMapInContent)
        {
            return (await ReadContentMapAsync(cancellationToken).ConfigureAwait(false), pax.Number("GNU.sparse.realsize"));
        }

        return pax.Extents is { } extents ? (extents, pax.Number("GNU.sparse.size") ?? pax.Number("GNU.sparse.realsize")) : (null, null);
    }

    private async ValueTask<(List<FileExtent>, long?)> ReadOldSparseMapAsync(CancellationToken cancellationToken)
    {
        var (extents, size) = (new List<FileExtent>(), new TarHeader(_block).SparseRealSize);
        var more = new TarHeader(_block).ReadSparseMap(386, 4, extents) | new TarHeader(_block).SparseContinues;
        more &= new TarHeader(_block).SparseContinues;
        while (more)
        {
            RequireMapSize(extents.Count);
            await ReadExactAsync(_block, cancellationToken).ConfigureAwait(false);
            new TarHeader(_block).ReadSparseMap(0, 21, extents);
            more = _block[504] != 0;
        }

        return (extents, size);
    }

    // Decimal numbers, one a line, padded to a whole block: count, then offset and length of each part.
    private async ValueTask<List<FileExtent>> ReadContentMapAsync(CancellationToken cancellationToken)
    {
        var numbers = new List<long>();
        var line = new StringBuilder();
        while (numbers.Count == 0 || numbers.Count < 1 + (2 * numbers[0]))
        {
            for (var filled = 0; filled < BlockSize;)
            {
                var read = await ReadContentAsync(_block.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                filled += read > 0 ? read : throw TarHeader.Invalid("a sparse map is damaged");
            }

            foreach (var character in _block)
            {
                if (character == '\n')
                {
                    numbers.Add(long.TryParse(line.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : throw TarHeader.Invalid("a sparse map is damaged"));
                    line.Clear();
                    RequireMapSize(numbers[0]);
                }
                else if (character != 0)
                {
                    line.Append((char)character);
                }
            }
        }

        var extents = new List<FileExtent>();
        for (var i = 0; i < numbers[0]; i++)
        {
            extents.Add(new FileExtent(numbers[1 + (2 * i)], numbers[2 + (2 * i)]));
        }

        return extents;
    }

    private void RequireMapSize(long extents)
    {
        if (extents < 0 || extents * 24 > limits.EntryMetadata)
        {
            throw new LayerException(LayerErrorKind.TooLarge, "a sparse file of the layer has too many parts");
        }
    }

    private void RequireExtents(List<FileExtent>? extents, long size)
    {
        if (extents is null)
        {
            return;
        }

        var (position, stored) = (0L, 0L);
        foreach (var extent in extents)
        {
            if (extent.Offset < position || extent.Length < 0 || extent.Length > size - extent.Offset)
            {
                throw TarHeader.Invalid("a sparse map is damaged");
            }

            position = extent.Offset + extent.Length;
            stored += extent.Length;
        }

        if (stored != _contentLeft)
        {
            throw TarHeader.Invalid("a sparse map is damaged");
        }
    }

    private static LayerEntryKind KindOf(byte type) => type switch
    {
        0 or (byte)'0' or (byte)'7' or (byte)'S' => LayerEntryKind.File,
        (byte)'1' => LayerEntryKind.HardLink,
        (byte)'2' => LayerEntryKind.SymbolicLink,
        (byte)'3' => LayerEntryKind.CharacterDevice,
        (byte)'4' => LayerEntryKind.BlockDevice,
        (byte)'5' => LayerEntryKind.Directory,
        (byte)'6' => LayerEntryKind.Fifo,
        _ => throw TarHeader.Invalid($"an entry is of the unknown type {type}"),
    };

    private static uint? IdOf(PaxRecords pax, string key) => pax.Number(key) switch
    {
        null => null,
        >= 0 and <= uint.MaxValue and var id => (uint)id,
        _ => throw TarHeader.Invalid("an owner's number is out of range"),
    };

    private static int PaddingOf(long size) => (int)(-size & (BlockSize - 1));

    // False at the two zero blocks that end an archive, or where the stream ends between two entries.
    private async ValueTask<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var read = await archive.ReadAtLeastAsync(_block, BlockSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read switch
        {
            BlockSize => !TarHeader.IsZero(_block),
            0 => false,
            _ => throw TarHeader.Invalid("it ends in the middle of a header"),
        };
    }

    private async ValueTask<byte[]> ReadPaddedAsync(int size, CancellationToken cancellationToken)
    {
        var content = new byte[size + PaddingOf(size)];
        await ReadExactAsync(content, cancellationToken).ConfigureAwait(false);
        return content[..size];
    }

    private async ValueTask ReadExactAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (await archive.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < buffer.Length)
        {
            throw TarHeader.Invalid("it ends too early");
        }
    }

    private async ValueTask SkipContentAsync(CancellationToken cancellationToken)
    {
        while (_contentLeft > 0)
        {
            await ReadContentAsync(_block, cancellationToken).ConfigureAwait(false);
        }

        await ReadExactAsync(_block.AsMemory(0, _padding), cancellationToken).ConfigureAwait(false);
        _padding = 0;
    }
}
