namespace Vic.Lab.Disks;

/// <summary>Which disks running machines use: the top of a chain by one machine alone, parents by many that only read.</summary>
internal sealed class DiskLeases
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lease> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Lease>> _readers = new(StringComparer.Ordinal);

    /// <summary>Takes a chain for a machine.</summary>
    /// <param name="machine">The machine's name, for the message to whoever comes second.</param>
    /// <param name="chain">The descriptors, the disk itself first.</param>
    /// <param name="readOnly">Whether the disk itself is only read as well.</param>
    /// <exception cref="VirtualDiskInUseException">Another machine uses a part of the chain in a way that forbids this.</exception>
    public IDisposable Take(string machine, IReadOnlyList<string> chain, bool readOnly)
    {
        lock (_lock)
        {
            foreach (var path in chain)
            {
                if (_writers.TryGetValue(path, out var writer))
                {
                    throw new VirtualDiskInUseException(path, writer.Machine);
                }
            }

            if (!readOnly && _readers.TryGetValue(chain[0], out var readers))
            {
                throw new VirtualDiskInUseException(chain[0], readers[0].Machine);
            }

            var lease = new Lease(this, machine);
            if (!readOnly)
            {
                lease.Written = chain[0];
                _writers.Add(chain[0], lease);
            }

            foreach (var path in readOnly ? chain : chain.Skip(1))
            {
                lease.Read.Add(path);
                AddReader(path, lease);
            }

            return lease;
        }
    }

    /// <summary>The name of a machine that uses a disk, or null.</summary>
    public string? UserOf(string path)
    {
        lock (_lock)
        {
            return _writers.TryGetValue(path, out var writer) ? writer.Machine
                : _readers.TryGetValue(path, out var readers) ? readers[0].Machine
                : null;
        }
    }

    /// <summary>A child has become one with its parent: who wrote the child writes the parent, who read it reads the parent alone.</summary>
    public void Merge(string child, string parent)
    {
        lock (_lock)
        {
            if (_readers.Remove(child, out var readers))
            {
                readers.ForEach(lease => lease.Read.Remove(child));
            }

            if (_writers.Remove(child, out var writer))
            {
                RemoveReader(parent, writer);
                writer.Read.Remove(parent);
                writer.Written = parent;
                _writers.Add(parent, writer);
            }
        }
    }

    private void AddReader(string path, Lease lease)
    {
        if (!_readers.TryGetValue(path, out var leases))
        {
            _readers.Add(path, leases = []);
        }

        leases.Add(lease);
    }

    private void RemoveReader(string path, Lease lease)
    {
        if (_readers.TryGetValue(path, out var leases) && leases.Remove(lease) && leases.Count == 0)
        {
            _readers.Remove(path);
        }
    }

    private void Release(Lease lease)
    {
        lock (_lock)
        {
            if (lease.Written is { } written)
            {
                _writers.Remove(written);
                lease.Written = null;
            }

            foreach (var path in lease.Read)
            {
                RemoveReader(path, lease);
            }

            lease.Read.Clear();
        }
    }

    private sealed class Lease(DiskLeases owner, string machine) : IDisposable
    {
        public string Machine { get; } = machine;

        public string? Written { get; set; }

        public List<string> Read { get; } = [];

        public void Dispose() => owner.Release(this);
    }
}
