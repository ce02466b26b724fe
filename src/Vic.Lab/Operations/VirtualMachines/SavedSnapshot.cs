namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>A snapshot as its files tell of it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ParentId">The number of the snapshot before it, or null for a root.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description.</param>
/// <param name="CreateTime">When it was taken.</param>
/// <param name="IsCurrent">Whether the machine was last at it.</param>
/// <param name="Configuration">The text of its .vmsn file, which is that of a .vmx file.</param>
internal sealed record SavedSnapshot(
    int Id, int? ParentId, string Name, string Description, DateTime CreateTime, bool IsCurrent, string Configuration);
