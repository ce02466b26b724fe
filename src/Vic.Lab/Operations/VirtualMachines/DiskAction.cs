namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Work on files that a change of devices brings with it.</summary>
internal abstract record DiskAction
{
    /// <summary>A disk to make, as a child when there is a parent.</summary>
    public sealed record Create(string Path, string? ParentPath, long CapacityBytes, bool Thin, Guid? Uuid, bool Replace) : DiskAction;

    /// <summary>A disk to make larger.</summary>
    public sealed record Extend(string Path, long CapacityBytes) : DiskAction;

    /// <summary>A disk to delete when the change is done.</summary>
    public sealed record Delete(string Path) : DiskAction;
}
