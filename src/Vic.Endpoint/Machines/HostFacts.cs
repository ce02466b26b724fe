namespace Vic.Endpoint.Machines;

/// <summary>The platform under the containers.</summary>
/// <param name="Product">Its full name, such as <c>VMware vCenter Server 8.0.2 build-22617221</c>.</param>
/// <param name="CpuMegahertz">The CPU that the VCH may use; 0 = not known.</param>
/// <param name="MemoryBytes">The memory that the VCH may use; 0 = not known.</param>
/// <param name="Processors">Logical processors of its hosts.</param>
public sealed record HostFacts(string Product, long CpuMegahertz, long MemoryBytes, int Processors);
