namespace Vic.Lab.Machines;

/// <summary>What a disk's descriptor tells about it.</summary>
/// <param name="CapacityBytes">Capacity in bytes.</param>
/// <param name="Uuid">The disk's uuid.</param>
/// <param name="Thin">Whether it is thin.</param>
/// <param name="DataPath">The data file.</param>
/// <param name="DataBytes">The data file's size on this computer.</param>
/// <param name="ParentPath">The parent's descriptor, or null.</param>
public sealed record VirtualDiskFacts(
    long CapacityBytes, Guid Uuid, bool Thin, string DataPath, long DataBytes, string? ParentPath);
