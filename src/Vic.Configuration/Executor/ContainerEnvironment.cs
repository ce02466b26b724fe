namespace Vic.Configuration;

/// <summary>File systems and kernel settings of a container beyond its volumes (our keys).</summary>
public sealed class ContainerEnvironment
{
    /// <summary>Memory file systems by mount point; the value is their mount options, such as <c>size=64m,mode=1777</c>.</summary>
    public Dictionary<string, string> MemoryFileSystems { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Kernel settings by name, such as <c>net.core.somaxconn</c>.</summary>
    public Dictionary<string, string> KernelSettings { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of <c>/dev/shm</c>; 0 for the kernel's default.</summary>
    public long SharedMemorySize { get; set; }

    /// <summary>Whether the image's file system is mounted read-only.</summary>
    public bool ReadOnlyRoot { get; set; }

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        MemoryFileSystems = map.TextEntries(key.Child("tmpfs"), MemoryFileSystems);
        KernelSettings = map.TextEntries(key.Child("sysctls"), KernelSettings);
        SharedMemorySize = map.NumberIfSet(key.Child("shm"), SharedMemorySize);
        ReadOnlyRoot = map.FlagIfSet(key.Child("readonly"), ReadOnlyRoot);
    }
}
