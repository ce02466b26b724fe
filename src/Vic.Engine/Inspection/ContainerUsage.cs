namespace Vic.Engine.Inspection;

/// <summary>What a container uses.</summary>
/// <param name="Container">The container.</param>
/// <param name="Usage">What its virtual machine uses.</param>
/// <param name="Processors">How many processors it has.</param>
/// <param name="MemorySize">How much memory it has, in MB.</param>
public sealed record ContainerUsage(ContainerVmInfo Container, MachineUsage Usage, int Processors, int MemorySize);
