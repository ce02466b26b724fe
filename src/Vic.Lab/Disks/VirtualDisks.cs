using Vic.Lab.Machines;

namespace Vic.Lab.Disks;

/// <summary>
/// Virtual disks in the datastores' directories. The descriptor is what makes a disk exist: data comes first and under a temporary name, the
/// descriptor is renamed into place last, and goes first when a disk is deleted; so a crash leaves a whole disk or none.
/// </summary>
internal sealed class VirtualDisks(string stateDirectory, DiskLeases leases) : IVirtualDisks, IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);

    public Task CreateAsync(string path, VirtualDiskOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                RequireFree(path);
                var descriptor = new VmdkDescriptor
                {
                    ContentId = VmdkDescriptor.NewContentId(),
                    Sectors = ToSectors(options.CapacityBytes),
                    ExtentFileName = DataFileName(path, "-flat.vmdk"),
                    Uuid = options.Uuid ?? VmdkDescriptor.NewUuid(),
                    Thin = options.Thin,
                };
                await WriteAsync(
                    new DiskLink(path, descriptor),
                    data => QemuImage.CreateAsync(data, descriptor.Sectors * VmdkDescriptor.SectorSize, cancellationToken)).ConfigureAwait(false);
            },
            cancellationToken);

    public Task CreateChildAsync(string path, string parentPath, VirtualDiskOptions? options, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
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
                    ParentFileNameHint = RelativePath(path, parentPath),
                    Sectors = sectors,
                    ExtentFileName = DataFileName(path, "-delta.vmdk"),
                    Uuid = options?.Uuid ?? VmdkDescriptor.NewUuid(),
                });
                await WriteAsync(
                    link,
                    data => QemuImage.CreateChildAsync(
                        data, RelativePath(path, parent.DataPath), sectors * VmdkDescriptor.SectorSize, cancellationToken)).ConfigureAwait(false);
            },
            cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                var link = DiskChain.ReadLink(path);
                RequireUnused(path);
                File.Delete(path);
                File.Delete(link.DataPath);
                return Task.CompletedTask;
            },
            cancellationToken);

    public Task CopyAsync(string sourcePath, string destinationPath, IProgress<int>? progress, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                RequireFree(destinationPath);
                var chain = DiskChain.Read(sourcePath);
                var source = chain[0];
                using var lease = leases.Take("a copy in progress", [.. chain.Select(link => link.Path)], readOnly: true);
                var link = new DiskLink(destinationPath, source.Descriptor with
                {
                    ContentId = VmdkDescriptor.NewContentId(),
                    ParentContentId = null,
                    ParentFileNameHint = null,
                    ExtentFileName = DataFileName(destinationPath, "-flat.vmdk"),
                    Uuid = VmdkDescriptor.NewUuid(),
                });
                await WriteAsync(
                    link, data => QemuImage.FlattenAsync(source.DataPath, data, progress, cancellationToken)).ConfigureAwait(false);
            },
            cancellationToken);

    public Task MoveAsync(string sourcePath, string destinationPath, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                RequireFree(destinationPath);
                var source = DiskChain.ReadLink(sourcePath);
                RequireUnused(sourcePath);
                var parentPath = source.ParentPath;
                var moved = new DiskLink(destinationPath, source.Descriptor with
                {
                    ExtentFileName = DataFileName(destinationPath, parentPath is null ? "-flat.vmdk" : "-delta.vmdk"),
                    ParentFileNameHint = parentPath is null ? null : RelativePath(destinationPath, parentPath),
                });

                // Copied, not renamed: the source stays whole until the destination is.
                await WriteAsync(moved, data => CopyDataAsync(data)).ConfigureAwait(false);
                File.Delete(sourcePath);
                File.Delete(source.DataPath);

                async Task CopyDataAsync(string data)
                {
                    File.Copy(source.DataPath, data);
                    if (parentPath is not null)
                    {
                        var backing = RelativePath(destinationPath, DiskChain.ReadLink(parentPath).DataPath);
                        await QemuImage.SetBackingPathAsync(data, backing, cancellationToken).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken);

    public Task ExtendAsync(string path, long capacityBytes, CancellationToken cancellationToken) =>
        ChangeAsync(
            async () =>
            {
                var link = DiskChain.ReadLink(path);
                RequireUnused(path);
                var sectors = ToSectors(capacityBytes);
                if (sectors < link.Descriptor.Sectors)
                {
                    throw new MachineException("A virtual disk cannot shrink.");
                }

                await QemuImage.ResizeAsync(link.DataPath, sectors * VmdkDescriptor.SectorSize, cancellationToken).ConfigureAwait(false);
                WriteDescriptor(path, link.Descriptor with { Sectors = sectors });
            },
            cancellationToken);

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

    private static string DataFileName(string path, string ending) => Path.GetFileNameWithoutExtension(path) + ending;

    /// <summary>A path from a file's directory to another file; never one that QEMU could read as a protocol (<c>name:...</c>).</summary>
    private static string RelativePath(string from, string to)
    {
        var relative = Path.GetRelativePath(Path.GetDirectoryName(from)!, to);
        return relative.Contains('/', StringComparison.Ordinal) ? relative : "./" + relative;
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

    private static async Task WriteAsync(DiskLink link, Func<string, Task> writeData)
    {
        // In the same directory, so that relative backing paths hold before and after the rename.
        var temporary = Path.Combine(Path.GetDirectoryName(link.Path)!, $".{Path.GetFileName(link.DataPath)}.new");
        try
        {
            File.Delete(temporary);
            await writeData(temporary).ConfigureAwait(false);
            File.Move(temporary, link.DataPath, overwrite: true);
            WriteDescriptor(link.Path, link.Descriptor);
        }
        catch
        {
            File.Delete(temporary);
            if (!File.Exists(link.Path))
            {
                File.Delete(link.DataPath);
            }

            throw;
        }
    }

    private static void WriteDescriptor(string path, VmdkDescriptor descriptor)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");
        File.WriteAllText(temporary, descriptor.Format());
        File.Move(temporary, path, overwrite: true);
    }

    private void RequireUnused(string path)
    {
        if (leases.UserOf(path) is { } user)
        {
            throw new VirtualDiskInUseException(path, user);
        }

        // A parent does not know its children, so every descriptor of the lab is asked.
        foreach (var candidate in Directory.EnumerateFiles(stateDirectory, "*.vmdk", SearchOption.AllDirectories))
        {
            if (new FileInfo(candidate).Length <= VmdkDescriptor.MaximumLength && ParentOf(candidate) == path)
            {
                throw new VirtualDiskInUseException(path, $"the virtual disk {candidate}");
            }
        }
    }

    private static string? ParentOf(string candidate)
    {
        try
        {
            return DiskChain.ReadLink(candidate).ParentPath;
        }
        catch (Exception exception) when (exception is MachineException or IOException)
        {
            return null;
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
