namespace Vic.Lab.Machines;

/// <summary>The hardware of a virtual machine, reduced to what a runtime needs. Paths are absolute paths of this computer.</summary>
public sealed record MachineConfiguration
{
    /// <summary>The machine's id: the value of its managed object reference.</summary>
    public required string Id { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>The BIOS uuid.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The directory on the datastore that holds the machine's .vmx file.</summary>
    public required string HomeDirectory { get; init; }

    /// <summary>Number of virtual processors.</summary>
    public required int CpuCount { get; init; }

    /// <summary>Memory in MiB.</summary>
    public required int MemoryMegabytes { get; init; }

    /// <summary>Whether guests may see disk uuids (<c>disk.EnableUUID</c>).</summary>
    public bool DiskUuidVisible { get; init; }

    /// <summary>Disks on SCSI controllers.</summary>
    public IReadOnlyList<MachineDisk> Disks { get; init; } = [];

    /// <summary>CD-ROM drives.</summary>
    public IReadOnlyList<MachineCdRom> CdRoms { get; init; } = [];

    /// <summary>Network adapters.</summary>
    public IReadOnlyList<MachineNetworkAdapter> NetworkAdapters { get; init; } = [];

    /// <summary>Serial ports in the guest's order: the first is COM1.</summary>
    public IReadOnlyList<MachineSerialPort> SerialPorts { get; init; } = [];
}
