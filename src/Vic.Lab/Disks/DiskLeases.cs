namespace Vic.Lab.Disks;

/// <summary>Which disks running machines use: the top of a chain by one machine alone, parents by many that only read.</summary>
internal sealed class DiskLeases
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _readers = new(StringComparer.Ordinal);

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
                    throw new VirtualDiskInUseException(path, writer);
                }
            }

            if (!readOnly && _readers.TryGetValue(chain[0], out var readers))
            {
                throw new VirtualDiskInUseException(chain[0], readers[0]);
            }

            string[] read = readOnly ? [.. chain] : [.. chain.Skip(1)];
            if (!readOnly)
            {
                _writers.Add(chain[0], machine);
            }

            foreach (var path in read)
            {
                if (!_readers.TryGetValue(path, out var names))
                {
                    _readers.Add(path, names = []);
                }

                names.Add(machine);
            }

            return new Lease(this, machine, readOnly ? null : chain[0], read);
        }
    }

    /// <summary>The name of a machine that uses a disk, or null.</summary>
    public string? UserOf(string path)
    {
        lock (_lock)
        {
            return _writers.TryGetValue(path, out var writer) ? writer : _readers.TryGetValue(path, out var readers) ? readers[0] : null;
        }
    }

    private sealed class Lease(DiskLeases owner, string machine, string? written, string[] read) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            lock (owner._lock)
            {
                if (_released)
                {
                    return;
                }

                _released = true;
                if (written is not null)
                {
                    owner._writers.Remove(written);
                }

                foreach (var path in read)
                {
                    var names = owner._readers[path];
                    names.Remove(machine);
                    if (names.Count == 0)
                    {
                        owner._readers.Remove(path);
                    }
                }
            }
        }
    }
}
