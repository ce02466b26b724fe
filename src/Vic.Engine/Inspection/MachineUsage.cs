namespace Vic.Engine.Inspection;

/// <summary>What one virtual machine uses.</summary>
/// <param name="Cpu">Processor time, in MHz over the last 20 seconds; null while it is off, or just started.</param>
/// <param name="Memory">The memory of its host that it occupies, in MB; null while it is off, or just started.</param>
/// <param name="Storage">What it alone occupies on datastores, in bytes; the layers of its image are not its own.</param>
public readonly record struct MachineUsage(long? Cpu, long? Memory, long Storage);
