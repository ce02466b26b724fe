using Vic.Lab.Machines;

namespace Vic.Lab.Disks;

/// <summary>Virtual disks in the datastores' directories. One change is made at a time.</summary>
internal sealed class VirtualDisks(string stateDirectory, DiskLeases leases, StorageSpace space) : IVirtualDisks, IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly DiskFamily _family = new(stateDirectory);

    public Task CreateAsync(string path, VirtualDiskOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                RequireFree(path);
                var descriptor = new VmdkDescriptor
                {
                    ContentId = VmdkDescriptor.NewContentId(),
                    Sectors = ToSectors(options.CapacityBytes),
                    ExtentFileName = DiskFiles.DataFileName(path, isChild: false),
                    Uuid = options.Uuid ?? VmdkDescriptor.NewUuid(),
                    Thin = options.Thin,
                };
                var capacity = descriptor.Sectors * VmdkDescriptor.SectorSize;
                return WriteAsync(
                    new DiskLink(path, descriptor),
                    options.Thin ? StorageSpace.EmptyFile : capacity,
                    data => QemuImage.CreateAsync(data, capacity, cancellationToken));
            },
            cancellationToken);

    public Task CreateChildAsync(string path, string parentPath, VirtualDiskOptions? options, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                RequireFree(path);
                var parent = DiskChain.Read(parentPath)[0];
                var sectors = options is { CapacityBytes: > 0 } ? ToSectors(options.CapacityBytes) : parent.Descriptor.Sectors;
                if (sectors < parent.Descriptor.Sectors)
                {
                    throw new MachineException("A child disk cannot be smaller than its parent.");
                }

                var link = new DiskLink(path, new VmdkDescriptor
                {
                    ContentId = VmdkDescriptor.NewContentId(),
                    ParentContentId = parent.Descriptor.ContentId,
                    ParentFileNameHint = DiskFiles.RelativePath(path, parentPath),
                    Sectors = sectors,
                    ExtentFileName = DiskFiles.DataFileName(path, isChild: true),
                    Uuid = options?.Uuid ?? VmdkDescriptor.NewUuid(),
                });
                return WriteAsync(
                    link,
                    StorageSpace.EmptyFile,
                    data => QemuImage.CreateChildAsync(
                        data, DiskFiles.RelativePath(path, parent.DataPath), sectors * VmdkDescriptor.SectorSize, cancellationToken));
            },
            cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                var link = DiskChain.ReadLink(path);
                RequireUnused(path, within: null);
                DiskFiles.Delete(link);
                return Task.CompletedTask;
            },
            cancellationToken);

    public Task CopyAsync(
        string sourcePath, string destinationPath, bool overwrite, IProgress<int>? progress, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                var chain = DiskChain.Read(sourcePath);
                var source = chain[0];
                using var lease = leases.Take("a copy in progress", [.. chain.Select(link => link.Path)], readOnly: true);
                var link = new DiskLink(destinationPath, source.Descriptor with
                {
                    ContentId = VmdkDescriptor.NewContentId(),
                    ParentContentId = null,
                    ParentFileNameHint = null,
                    ExtentFileName = DiskFiles.DataFileName(destinationPath, isChild: false),
                    Uuid = VmdkDescriptor.NewUuid(),
                });
                var capacity = source.Descriptor.Sectors * VmdkDescriptor.SectorSize;
                var taken = chain.Sum(part => new FileInfo(part.DataPath).Length);
                await ReplaceAsync(
                    link,
                    overwrite,
                    source.Descriptor.Thin ? Math.Min(taken, capacity) : capacity,
                    data => QemuImage.FlattenAsync(source.DataPath, data, progress, cancellationToken)).ConfigureAwait(false);
            },
            cancellationToken);

    public Task MoveAsync(string sourcePath, string destinationPath, bool overwrite, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                var source = DiskChain.ReadLink(sourcePath);
                RequireUnused(sourcePath, within: null);
                var parentPath = source.ParentPath;
                var moved = new DiskLink(destinationPath, source.Descriptor with
                {
                    ExtentFileName = DiskFiles.DataFileName(destinationPath, parentPath is not null),
                    ParentFileNameHint = parentPath is null ? null : DiskFiles.RelativePath(destinationPath, parentPath),
                });

                // Copied, not renamed: the source stays whole until the destination is.
                await ReplaceAsync(moved, overwrite, MovedBytes(source, destinationPath), CopyDataAsync).ConfigureAwait(false);
                DiskFiles.Delete(source);

                async Task CopyDataAsync(string data)
                {
                    File.Copy(source.DataPath, data);
                    if (parentPath is not null)
                    {
                        var backing = DiskFiles.RelativePath(destinationPath, DiskChain.ReadLink(parentPath).DataPath);
                        await QemuImage.SetBackingPathAsync(data, backing, cancellationToken).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken);

    public Task ExtendAsync(string path, long capacityBytes, bool attached, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                var link = DiskChain.ReadLink(path);
                if (!attached || _family.ChildrenOf(path).Count > 0)
                {
                    RequireUnused(path, within: null);
                }

                var sectors = ToSectors(capacityBytes);
                if (sectors < link.Descriptor.Sectors)
                {
                    throw new MachineException("A virtual disk cannot shrink.");
                }

                var grown = (sectors - link.Descriptor.Sectors) * VmdkDescriptor.SectorSize;
                space.Require(path, link.Descriptor.Thin ? 0 : grown);
                space.CutIfPlanned(path);
                await QemuImage.ResizeAsync(link.DataPath, sectors * VmdkDescriptor.SectorSize, cancellationToken).ConfigureAwait(false);
                DiskFiles.WriteDescriptor(path, link.Descriptor with { Sectors = sectors });
            },
            cancellationToken);

    public Task ShrinkAsync(string path, long capacityBytes) =>
        ChangeAsync(
            async () =>
            {
                var link = DiskChain.ReadLink(path);
                await QemuImage.ShrinkAsync(link.DataPath, capacityBytes).ConfigureAwait(false);
                DiskFiles.WriteDescriptor(path, link.Descriptor with { Sectors = ToSectors(capacityBytes) });
            },
            CancellationToken.None);

    public Task MergeAsync(string path, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                var chain = DiskChain.Read(path);
                if (chain.Count < 2)
                {
                    throw new MachineException($"The virtual disk {path} has no parent.");
                }

                var (child, parent) = (chain[0], chain[1]);
                if (_family.ChildrenOf(parent.Path).FirstOrDefault(other => other != path) is { } sibling)
                {
                    throw new VirtualDiskInUseException(parent.Path, $"the virtual disk {sibling}");
                }

                space.Require(parent.Path, 0);
                await QemuImage.CommitAsync(child.DataPath, cancellationToken).ConfigureAwait(false);

                // The merged disk has the child's content, and so its content id: those above it need not be told another one.
                var merged = parent with
                {
                    Descriptor = parent.Descriptor with { ContentId = child.Descriptor.ContentId, Sectors = child.Descriptor.Sectors },
                };
                DiskFiles.WriteDescriptor(parent.Path, merged.Descriptor);
                foreach (var above in _family.ChildrenOf(path))
                {
                    await DiskFiles.RepointAsync(DiskChain.ReadLink(above), merged, CancellationToken.None).ConfigureAwait(false);
                    _family.Note(above);
                }

                leases.Merge(path, parent.Path);
                DiskFiles.Delete(child);
            },
            cancellationToken);

    public Task DeleteFolderAsync(string path, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                foreach (var disk in Directory.EnumerateFiles(path, "*.vmdk", SearchOption.AllDirectories))
                {
                    RequireUnused(disk, within: path);
                }

                Directory.Delete(path, recursive: true);
                _family.Forget();
                return Task.CompletedTask;
            },
            cancellationToken);

    public Task MoveFolderAsync(string sourcePath, string destinationPath, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                var children = new List<(string Child, string Parent)>();
                foreach (var disk in Directory.EnumerateFiles(sourcePath, "*.vmdk", SearchOption.AllDirectories))
                {
                    RequireUnused(disk, within: sourcePath);
                    if (Inspect(disk)?.ParentPath is { } parent && !IsBelow(parent, sourcePath))
                    {
                        children.Add((disk, parent));
                    }
                }

                Directory.Move(sourcePath, destinationPath);
                _family.Forget();

                // A parent outside is at another relative place now.
                foreach (var (child, parent) in children)
                {
                    var moved = DiskChain.ReadLink(Path.Combine(destinationPath, Path.GetRelativePath(sourcePath, child)));
                    await DiskFiles.RepointAsync(moved, DiskChain.ReadLink(parent), CancellationToken.None).ConfigureAwait(false);
                }
            },
            cancellationToken);

    public string? UserOf(string path) => UserOf(path, within: null);

    public IReadOnlyList<string> ChildrenOf(string path) => _family.ChildrenOf(path);

    public void NoteChange(string path)
    {
        if (path.EndsWith(".vmdk", StringComparison.Ordinal))
        {
            _family.Note(path);
        }
    }

    public void Dispose() => _changing.Dispose();

    public VirtualDiskFacts? Inspect(string path)
    {
        try
        {
            var link = DiskChain.ReadLink(path);
            var data = new FileInfo(link.DataPath);
            return new VirtualDiskFacts(
                link.Descriptor.Sectors * VmdkDescriptor.SectorSize,
                link.Descriptor.Uuid,
                link.Descriptor.Thin,
                link.DataPath,
                data.Exists ? data.Length : 0,
                link.ParentPath);
        }
        catch (Exception exception) when (exception is MachineException or FileNotFoundException)
        {
            return null;
        }
    }

    private static long ToSectors(long capacityBytes) =>
        capacityBytes is > 0 and <= 62L * 1024 * 1024 * 1024 * 1024
            ? (capacityBytes + VmdkDescriptor.SectorSize - 1) / VmdkDescriptor.SectorSize
            : throw new MachineException($"A virtual disk cannot have a capacity of {capacityBytes} bytes.");

    private static void RequireFree(string path)
    {
        if (File.Exists(path))
        {
            throw new VirtualDiskExistsException(path);
        }
    }

    private static bool IsBelow(string path, string directory) => path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>What a move needs: nothing on the datastore that the disk is on already, or else the disk's own size.</summary>
    private long MovedBytes(DiskLink source, string destinationPath) =>
        space.IsSameDatastore(source.Path, destinationPath) ? 0
        : source.Descriptor is { Thin: false, ParentContentId: null } ? source.Descriptor.Sectors * VmdkDescriptor.SectorSize
        : new FileInfo(source.DataPath).Length;

    /// <summary>Writes a disk to where none is, or in place of the one that is there.</summary>
    private async Task ReplaceAsync(DiskLink link, bool overwrite, long bytes, Func<string, Task> writeData)
    {
        DiskLink? former = null;
        if (File.Exists(link.Path))
        {
            if (!overwrite)
            {
                throw new VirtualDiskExistsException(link.Path);
            }

            RequireUnused(link.Path, within: null);
            former = DiskFiles.Find(link.Path);
        }

        await WriteAsync(link, bytes, writeData).ConfigureAwait(false);
        if (former is not null && former.DataPath != link.DataPath)
        {
            File.Delete(former.DataPath);
        }
    }

    private async Task WriteAsync(DiskLink link, long bytes, Func<string, Task> writeData)
    {
        space.Require(link.Path, bytes);
        await DiskFiles.WriteAsync(link, async data =>
        {
            await writeData(data).ConfigureAwait(false);
            space.CutIfPlanned(link.Path, data);
        }).ConfigureAwait(false);
        _family.Note(link.Path);
    }

    private string? UserOf(string path, string? within)
    {
        if (DiskFiles.Find(path) is not { } link)
        {
            return null;
        }

        return leases.UserOf(link.Path)
            ?? (_family.ChildrenOf(link.Path).FirstOrDefault(child => within is null || !IsBelow(child, within)) is { } child
                ? $"the virtual disk {child}"
                : null);
    }

    private void RequireUnused(string path, string? within)
    {
        if (UserOf(path, within) is { } user)
        {
            throw new VirtualDiskInUseException(path, user);
        }
    }

    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await change().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }
}
