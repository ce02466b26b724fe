namespace Vic.Lab.Disks;

/// <summary>
/// How much room the datastores have. A datastore is as large as the drive below it, or as large as the lab was told; files count with what they
/// take, thick disks with what they promise.
/// </summary>
internal sealed class StorageSpace(long? capacity = null)
{
    /// <summary>What the data file of an empty thin disk takes, about.</summary>
    public const long EmptyFile = 192 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _fillings = new(StringComparer.Ordinal);
    private readonly List<string> _roots = [];
    private readonly List<PlannedCut> _cuts = [];

    /// <summary>Makes a datastore's directory known.</summary>
    public void Add(string root)
    {
        lock (_lock)
        {
            _roots.Add(root);
        }
    }

    /// <summary>Whether the room of a datastore is counted by its files, and so changes with every one of them.</summary>
    public bool IsCounted(string root)
    {
        lock (_lock)
        {
            return capacity is not null || _fillings.ContainsKey(root);
        }
    }

    /// <summary>The size of a datastore and what is left of it, in bytes.</summary>
    public (long Capacity, long Free) Measure(string root)
    {
        var drive = new DriveInfo(root);
        if (!IsCounted(root))
        {
            return (drive.TotalSize, drive.AvailableFreeSpace);
        }

        var size = capacity ?? drive.TotalSize;
        lock (_lock)
        {
            return (size, Math.Max(0, size - Used(root) - _fillings.GetValueOrDefault(root)));
        }
    }

    /// <summary>Fills a datastore up to what is to be left free.</summary>
    public void Fill(string root, long free)
    {
        lock (_lock)
        {
            _fillings[root] = Math.Max(0, (capacity ?? new DriveInfo(root).TotalSize) - Used(root) - free);
        }
    }

    /// <summary>Takes the filling away.</summary>
    public void Empty(string root)
    {
        lock (_lock)
        {
            _fillings.Remove(root);
        }
    }

    /// <summary>Checks that a file of so many bytes fits onto its datastore.</summary>
    /// <exception cref="DatastoreFullException">It does not.</exception>
    public void Require(string path, long bytes)
    {
        if (RootOf(path) is { } root && IsCounted(root) && Measure(root).Free is var free && (free < bytes || free == 0))
        {
            throw new DatastoreFullException(path, bytes);
        }
    }

    /// <summary>Whether two files are on one datastore.</summary>
    public bool IsSameDatastore(string first, string second) => RootOf(first) == RootOf(second);

    /// <summary>Makes a later write of a file break off.</summary>
    /// <param name="number">1 for the next write.</param>
    /// <param name="afterBytes">How many bytes are written before.</param>
    public void Cut(int number, long afterBytes)
    {
        lock (_lock)
        {
            _cuts.Add(new PlannedCut(afterBytes) { Remaining = number });
        }
    }

    /// <summary>Counts a write, and says after how many bytes it has to break off; null when it may go on.</summary>
    public long? NextCut()
    {
        lock (_lock)
        {
            var due = _cuts.FirstOrDefault(cut => cut.Remaining == 1);
            _cuts.ForEach(cut => cut.Remaining--);
            _cuts.RemoveAll(cut => cut.Remaining == 0);
            return due?.AfterBytes;
        }
    }

    /// <summary>Breaks off a change of a file before its first byte, when that is planned.</summary>
    /// <exception cref="WriteCutException">The write was cut.</exception>
    public void CutIfPlanned(string path)
    {
        if (NextCut() is not null)
        {
            throw new WriteCutException(path, 0);
        }
    }

    /// <summary>Breaks off a write whose data was made by another program, when that is planned.</summary>
    /// <exception cref="WriteCutException">The write was cut.</exception>
    public void CutIfPlanned(string path, string data)
    {
        if (NextCut() is { } bytes)
        {
            using (var file = new FileStream(data, FileMode.Open, FileAccess.Write))
            {
                file.SetLength(Math.Min(bytes, file.Length));
            }

            throw new WriteCutException(path, bytes);
        }
    }

    /// <summary>A stream to a new file that ends where the datastore does, and where a planned cut is.</summary>
    public Stream Bound(string path, Stream target)
    {
        var free = RootOf(path) is { } root && IsCounted(root) ? Measure(root).Free : long.MaxValue;
        return new BoundedFileStream(target, path, free, NextCut());
    }

    private string? RootOf(string path)
    {
        lock (_lock)
        {
            return _roots.Find(root => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        }
    }

    private static long Used(string root)
    {
        var used = 0L;
        foreach (var file in new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            used += file.Length;
            if (file.Extension == ".vmdk" && file.Length <= VmdkDescriptor.MaximumLength
                && DiskFiles.Find(file.FullName) is { Descriptor: { Thin: false, ParentContentId: null } } thick && thick.Path == file.FullName)
            {
                used += Math.Max(0, (thick.Descriptor.Sectors * VmdkDescriptor.SectorSize) - new FileInfo(thick.DataPath).Length);
            }
        }

        return used;
    }

    private sealed class PlannedCut(long afterBytes)
    {
        public long AfterBytes { get; } = afterBytes;

        public int Remaining { get; set; }
    }
}
