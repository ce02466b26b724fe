using Vic.Lab.Machines;

namespace Vic.Lab.Disks;

/// <summary>A disk and its parents, the disk itself first; read from the descriptors alone, never from what a data file says.</summary>
internal static class DiskChain
{
    private const int LongestChain = 255;

    /// <summary>Reads one descriptor.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MachineException">The file is no virtual disk.</exception>
    public static DiskLink ReadLink(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"The virtual disk {path} was not found.", path);
        }

        return file.Length > VmdkDescriptor.MaximumLength
            ? throw new MachineException($"{path} is no virtual disk descriptor.")
            : new DiskLink(path, VmdkDescriptor.Parse(File.ReadAllText(path)));
    }

    /// <summary>Reads a disk and its parents.</summary>
    /// <exception cref="MachineException">A parent is missing, has changed since, or the chain has no end.</exception>
    public static IReadOnlyList<DiskLink> Read(string path)
    {
        var chain = new List<DiskLink> { ReadLink(path) };
        while (chain[^1].ParentPath is { } parentPath)
        {
            if (chain.Count == LongestChain)
            {
                throw new MachineException($"The virtual disk {path} has more than {LongestChain} parents.");
            }

            if (!File.Exists(parentPath))
            {
                throw new MachineException($"The parent {parentPath} of the virtual disk {chain[^1].Path} is missing.");
            }

            var parent = ReadLink(parentPath);
            if (parent.Descriptor.ContentId != chain[^1].Descriptor.ParentContentId)
            {
                throw new MachineException(
                    $"The parent {parentPath} of the virtual disk {chain[^1].Path} has been modified since the child was created.");
            }

            chain.Add(parent);
        }

        return chain;
    }
}
