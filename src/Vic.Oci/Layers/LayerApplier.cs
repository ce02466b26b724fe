using Microsoft.Win32.SafeHandles;
using Vic.Oci.Layers.Native;

namespace Vic.Oci.Layers;

/// <summary>
/// Applies a layer's archive to a directory that holds the layers below it (OCI image specification, layer.md): files, links,
/// devices, whiteouts, ownership, modes, attributes and times. Needs root. The tree is used by nobody else meanwhile.
/// </summary>
public sealed class LayerApplier
{
    private const int BufferSize = 256 << 10;
    private const string OverlayAttributes = "trusted.overlay.";

    private readonly ConfinedTree _tree;
    private readonly LayerReader _reader;
    private readonly byte[] _buffer = new byte[BufferSize];

    // Inodes that this layer made or named: whiteouts hide what is below the layer, not what is in it.
    private readonly HashSet<ulong> _own = [];

    // Times of directories change with every file in them, so they are set last.
    private readonly List<(LayerPath Path, DateTimeOffset Modified)> _directories = [];

    private LayerApplier(ConfinedTree tree, LayerReader reader)
    {
        _tree = tree;
        _reader = reader;
    }

    /// <summary>Applies an uncompressed archive and gives the sum of its files' sizes. The archive is read up to its end marker.</summary>
    /// <exception cref="LayerException">The archive cannot be applied; the directory is left as far as the work went.</exception>
    public static async Task<long> ApplyAsync(Stream archive, string directory, LayerLimits limits, CancellationToken cancellationToken)
    {
        using var tree = new ConfinedTree(directory);
        var reader = new LayerReader(archive, limits);
        var applier = new LayerApplier(tree, reader);
        while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
        {
            await applier.ApplyAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        applier.FinishDirectories();
        tree.Sync();
        return reader.TotalSize;
    }

    private async ValueTask ApplyAsync(LayerEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Path.Name.StartsWith(Whiteout.Prefix))
        {
            ApplyWhiteout(entry.Path);
            return;
        }

        if (entry.Path.IsRoot)
        {
            if (entry.Kind != LayerEntryKind.Directory)
            {
                throw new LayerException(LayerErrorKind.InvalidPath, "the layer replaces the root itself with something that is not a directory");
            }

            SetMetadata(entry);
            return;
        }

        await MakeAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask MakeAsync(LayerEntry entry, CancellationToken cancellationToken)
    {
        var existing = _tree.Find(entry.Path);
        var keepsDirectory = entry.Kind == LayerEntryKind.Directory && existing is { } found && (found.Mode & LibC.S_IFMT) == LibC.S_IFDIR;
        if (existing is not null && !keepsDirectory)
        {
            if (entry.Kind == LayerEntryKind.HardLink && IsSameFile(entry, existing.Value))
            {
                return;
            }

            _tree.Remove(entry.Path);
        }

        switch (entry.Kind)
        {
            case LayerEntryKind.Directory when keepsDirectory:
                break;
            case LayerEntryKind.Directory:
                _tree.MakeDirectory(entry.Path);
                break;
            case LayerEntryKind.File:
                await WriteFileAsync(entry, cancellationToken).ConfigureAwait(false);
                break;
            case LayerEntryKind.SymbolicLink:
                _tree.MakeSymbolicLink(entry.Path, entry.LinkTarget);
                break;
            case LayerEntryKind.HardLink:
                // Owner, mode and times are the first name's.
                _tree.MakeHardLink(entry.Path, LayerPath.Parse(entry.LinkTarget));
                Remember(entry.Path);
                return;
            case LayerEntryKind.CharacterDevice:
                _tree.MakeNode(entry.Path, LibC.S_IFCHR, entry.DeviceMajor, entry.DeviceMinor);
                break;
            case LayerEntryKind.BlockDevice:
                _tree.MakeNode(entry.Path, LibC.S_IFBLK, entry.DeviceMajor, entry.DeviceMinor);
                break;
            case LayerEntryKind.Fifo:
                _tree.MakeNode(entry.Path, LibC.S_IFIFO, 0, 0);
                break;
        }

        Remember(entry.Path);
        SetMetadata(entry);
    }

    private bool IsSameFile(LayerEntry entry, FileStatus existing) =>
        _tree.Find(LayerPath.Parse(entry.LinkTarget)) is { } target && target.Inode == existing.Inode;

    private void ApplyWhiteout(LayerPath path)
    {
        if (path.Name.SequenceEqual(Whiteout.Opaque))
        {
            _tree.ClearExcept(path.Parent, _own);
        }
        else if (!path.Name.StartsWith(Whiteout.MetadataPrefix))
        {
            var hidden = path.Name[Whiteout.Prefix.Length..];
            if (hidden.IsEmpty || hidden.SequenceEqual("."u8) || hidden.SequenceEqual(".."u8))
            {
                throw new LayerException(LayerErrorKind.InvalidPath, $"the whiteout '{path}' names no file");
            }

            _tree.RemoveExcept(path.Sibling(hidden), _own);
        }
    }

    private async ValueTask WriteFileAsync(LayerEntry entry, CancellationToken cancellationToken)
    {
        using var file = _tree.CreateFile(entry.Path);
        try
        {
            foreach (var extent in entry.Extents ?? [new FileExtent(0, entry.Size)])
            {
                await WriteExtentAsync(file, extent, cancellationToken).ConfigureAwait(false);
            }

            if (entry.Extents is not null)
            {
                RandomAccess.SetLength(file, entry.Size);
            }
        }
        catch (IOException e) when ((e.HResult & 0xffff) is LibC.ENOSPC or LibC.EDQUOT or LibC.EFBIG)
        {
            throw new LayerException(LayerErrorKind.OutOfSpace, $"cannot write '{entry.Path}': no space left on device", e);
        }
    }

    private async ValueTask WriteExtentAsync(SafeFileHandle file, FileExtent extent, CancellationToken cancellationToken)
    {
        var (position, end) = (extent.Offset, extent.Offset + extent.Length);
        while (position < end)
        {
            var wanted = (int)Math.Min(_buffer.Length, end - position);
            var read = await _reader.ReadContentAsync(_buffer.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw TarHeader.Invalid("a file is shorter than its size");
            }

            RandomAccess.Write(file, _buffer.AsSpan(0, read), position);
            position += read;
        }
    }

    private void Remember(LayerPath path)
    {
        if (_tree.Find(path) is { } status)
        {
            _own.Add(status.Inode);
        }
    }

    private void SetMetadata(LayerEntry entry)
    {
        _tree.SetOwner(entry.Path, entry.UserId, entry.GroupId);
        if (entry.Kind != LayerEntryKind.SymbolicLink)
        {
            // After the owner: changing that clears the set-user-id bit.
            _tree.SetMode(entry.Path, entry.Mode);
        }

        foreach (var (name, value) in entry.Attributes)
        {
            // Overlay's own marks mean nothing without overlay, and would mislead one that is mounted in the container.
            if (!name.StartsWith(OverlayAttributes, StringComparison.Ordinal))
            {
                _ = _tree.SetAttribute(entry.Path, name, value);
            }
        }

        if (entry.Kind == LayerEntryKind.Directory)
        {
            _directories.Add((entry.Path, entry.Modified));
        }
        else
        {
            _tree.SetModified(entry.Path, entry.Modified);
        }
    }

    private void FinishDirectories()
    {
        foreach (var (path, modified) in _directories)
        {
            // A later entry of the same archive may have put something else in its place.
            if (_tree.Find(path) is { } status && (status.Mode & LibC.S_IFMT) == LibC.S_IFDIR)
            {
                _tree.SetModified(path, modified);
            }
        }
    }
}
