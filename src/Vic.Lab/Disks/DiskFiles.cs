using Vic.Lab.Machines;

namespace Vic.Lab.Disks;

/// <summary>
/// Writes the two files of a virtual disk. The descriptor is what makes a disk exist: data comes first and under a temporary name, the descriptor is
/// renamed into place last; so a crash leaves a whole disk or none.
/// </summary>
internal static class DiskFiles
{
    /// <summary>Writes a disk's data, and then its descriptor.</summary>
    /// <param name="link">The disk as it will be.</param>
    /// <param name="writeData">Writes the data to the file given, which is in the disk's directory.</param>
    public static async Task WriteAsync(DiskLink link, Func<string, Task> writeData)
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

    /// <summary>Writes or replaces a descriptor.</summary>
    public static void WriteDescriptor(string path, VmdkDescriptor descriptor)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");
        File.WriteAllText(temporary, descriptor.Format());
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Deletes a disk, its descriptor first.</summary>
    public static void Delete(DiskLink link)
    {
        File.Delete(link.Path);
        File.Delete(link.DataPath);
    }

    /// <summary>Gives a disk another parent of the same content, or the same parent at another place.</summary>
    public static async Task RepointAsync(DiskLink link, DiskLink parent, CancellationToken cancellationToken)
    {
        await QemuImage.SetBackingPathAsync(link.DataPath, RelativePath(link.Path, parent.DataPath), cancellationToken).ConfigureAwait(false);
        WriteDescriptor(link.Path, link.Descriptor with { ParentFileNameHint = RelativePath(link.Path, parent.Path) });
    }

    /// <summary>The name of a disk's data file.</summary>
    public static string DataFileName(string path, bool isChild) => Path.GetFileNameWithoutExtension(path) + (isChild ? "-delta.vmdk" : "-flat.vmdk");

    /// <summary>A path from a file's directory to another file; never one that QEMU could read as a protocol (<c>name:...</c>).</summary>
    public static string RelativePath(string from, string to)
    {
        var relative = Path.GetRelativePath(Path.GetDirectoryName(from)!, to);
        return relative.Contains('/', StringComparison.Ordinal) ? relative : "./" + relative;
    }

    /// <summary>Reads the disk that a file belongs to, as descriptor or data; null when it belongs to none.</summary>
    public static DiskLink? Find(string file)
    {
        if (!file.EndsWith(".vmdk", StringComparison.Ordinal) || Path.GetDirectoryName(file) is not { } directory || !Directory.Exists(directory))
        {
            return null;
        }

        if (TryRead(file) is { } link)
        {
            return link;
        }

        return Directory.EnumerateFiles(directory, "*.vmdk").Select(TryRead).FirstOrDefault(candidate => candidate?.DataPath == file);
    }

    private static DiskLink? TryRead(string path)
    {
        try
        {
            return DiskChain.ReadLink(path);
        }
        catch (Exception exception) when (exception is MachineException or IOException)
        {
            return null;
        }
    }
}
