namespace Vic.Lab.Machines;

/// <summary>What a virtual disk is made with.</summary>
public sealed record VirtualDiskOptions
{
    /// <summary>Capacity in bytes; zero for a child means its parent's.</summary>
    public long CapacityBytes { get; init; }

    /// <summary>Whether blocks are allocated when first written.</summary>
    public bool Thin { get; init; } = true;

    /// <summary>The disk's uuid; null for a new one.</summary>
    public Guid? Uuid { get; init; }
}
