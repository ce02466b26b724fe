using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.ResourcePools;

/// <summary>Whether the pools above can give what a resource pool reserves. Under the store's lock.</summary>
internal static class ResourcePoolChecks
{
    /// <exception cref="VimFaultException">The configuration is incomplete or contradicts itself, or the parent has not enough left.</exception>
    public static void CheckNew(ResourcePoolEntity parent, ResourceConfigSpec config)
    {
        ResourceAllocations.CheckComplete(config.CpuAllocation, "spec.cpuAllocation");
        ResourceAllocations.CheckComplete(config.MemoryAllocation, "spec.memoryAllocation");
        CheckAllocations(config);
        if (config.CpuAllocation.Reservation is { } cpu && cpu > parent.Cpu.Available)
        {
            throw Faults.InsufficientCpu(parent.Cpu.Available, cpu);
        }

        if (config.MemoryAllocation.Reservation is { } memory && memory > parent.Memory.Available)
        {
            throw Faults.InsufficientMemory(parent.Memory.Available, memory);
        }
    }

    /// <exception cref="VimFaultException">The configuration contradicts itself, or does not fit below <paramref name="parent"/>.</exception>
    public static void CheckChange(ResourcePoolEntity pool, ResourcePoolEntity parent, ResourceConfigSpec config)
    {
        CheckAllocations(config);
        if (pool.Cpu.ShortageOf(config.CpuAllocation, parent.Cpu) is > 0 and var cpu)
        {
            throw Faults.InsufficientCpu(parent.Cpu.Available, parent.Cpu.Available + cpu);
        }

        if (pool.Memory.ShortageOf(config.MemoryAllocation, parent.Memory) is > 0 and var memory)
        {
            throw Faults.InsufficientMemory(parent.Memory.Available, parent.Memory.Available + memory);
        }
    }

    private static void CheckAllocations(ResourceConfigSpec config)
    {
        ResourceAllocations.Check(config.CpuAllocation, "spec.cpuAllocation");
        ResourceAllocations.Check(config.MemoryAllocation, "spec.memoryAllocation");
    }
}
