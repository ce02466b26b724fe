namespace Vic.Lab.Disks;

/// <summary>A disk is attached to a running machine, or another disk depends on it (vim25 faults FileLocked and ResourceInUse).</summary>
public sealed class VirtualDiskInUseException(string path, string user) : IOException($"The virtual disk {path} is in use by {user}.")
{
    /// <summary>The disk's descriptor.</summary>
    public string Path { get; } = path;
}
