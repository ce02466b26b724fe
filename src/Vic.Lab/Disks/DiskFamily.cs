using Vic.Lab.Machines;

namespace Vic.Lab.Disks;

/// <summary>
/// Which disks have which parent. A parent does not know its children, so every descriptor below a directory is read once; from then on whoever
/// writes a descriptor says so, and an answer is checked against the descriptors again before it is given.
/// </summary>
internal sealed class DiskFamily(string directory)
{
    private readonly Lock _lock = new();
    private Dictionary<string, HashSet<string>>? _children;

    /// <summary>The disks that have a disk as their parent.</summary>
    public IReadOnlyList<string> ChildrenOf(string path)
    {
        lock (_lock)
        {
            _children ??= Scan();
            if (!_children.TryGetValue(path, out var candidates))
            {
                return [];
            }

            candidates.RemoveWhere(candidate => ParentOf(candidate) != path);
            return [.. candidates.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>A descriptor has been written, or another file that may be one.</summary>
    public void Note(string path)
    {
        lock (_lock)
        {
            if (_children is not null)
            {
                Add(_children, path);
            }
        }
    }

    /// <summary>Directories have moved: everything is read again.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _children = null;
        }
    }

    private Dictionary<string, HashSet<string>> Scan()
    {
        var children = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(directory, "*.vmdk", SearchOption.AllDirectories))
        {
            Add(children, path);
        }

        return children;
    }

    private static void Add(Dictionary<string, HashSet<string>> children, string path)
    {
        if (ParentOf(path) is not { } parent)
        {
            return;
        }

        if (!children.TryGetValue(parent, out var of))
        {
            children.Add(parent, of = new HashSet<string>(StringComparer.Ordinal));
        }

        of.Add(path);
    }

    private static string? ParentOf(string path)
    {
        try
        {
            return DiskChain.ReadLink(path).ParentPath;
        }
        catch (Exception exception) when (exception is MachineException or IOException)
        {
            return null;
        }
    }
}
