using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A snapshot: a configuration whose disks nobody writes any more.</summary>
internal sealed class SnapshotObject : ManagedObject
{
    public SnapshotObject(ManagedObjectReference reference, ManagedObjectReference machine, VirtualMachineConfigInfo config)
        : base(reference)
    {
        Write("vm", machine);
        Write("config", config);
        Write("childSnapshot", null);
        Write("value", null);
        Write("availableField", null);
    }

    public required string Name { get; set; }

    public required string Description { get; set; }

    /// <summary>The number that the machine's snapshots count up.</summary>
    public required int Id { get; init; }

    public required DateTime CreateTime { get; init; }

    /// <summary>The power state that a revert comes back to.</summary>
    public required VirtualMachinePowerState State { get; init; }

    /// <summary>The snapshot that this one was taken after.</summary>
    public SnapshotObject? Parent { get; set; }

    public List<SnapshotObject> Children { get; } = [];

    public ManagedObjectReference Machine => (ManagedObjectReference)Read("vm")!;

    public VirtualMachineConfigInfo Config
    {
        get => Read<VirtualMachineConfigInfo>("config")!;
        set => Write("config", value);
    }
}
