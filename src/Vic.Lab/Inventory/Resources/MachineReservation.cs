using Vic.Vim25;

namespace Vic.Lab.Inventory.Resources;

/// <summary>What a running virtual machine holds of its resource pool. Under the store's lock.</summary>
internal sealed class MachineReservation
{
    private readonly ResourcePoolEntity pool;
    private readonly VirtualMachineConfigInfo config;

    private MachineReservation(ResourcePoolEntity pool, VirtualMachineConfigInfo config)
    {
        this.pool = pool;
        this.config = config;
        Charge(1);
    }

    private long Cpu => config.CpuAllocation?.Reservation ?? 0;

    private long Memory => config.MemoryAllocation?.Reservation ?? 0;

    /// <summary>Takes what a machine's configuration reserves.</summary>
    /// <exception cref="VimFaultException">The pool has not enough left.</exception>
    public static MachineReservation Take(ResourcePoolEntity pool, VirtualMachineConfigInfo config)
    {
        if (config.CpuAllocation?.Reservation is { } cpu && cpu > pool.Cpu.Available)
        {
            throw Faults.InsufficientCpu(pool.Cpu.Available, cpu);
        }

        if (config.MemoryAllocation?.Reservation is { } memory && memory > pool.Memory.Available)
        {
            throw Faults.InsufficientMemory(pool.Memory.Available, memory);
        }

        return new MachineReservation(pool, config);
    }

    /// <summary>Exchanges this for another pool or configuration; keeps it when there is not enough.</summary>
    /// <exception cref="VimFaultException">The pool has not enough left.</exception>
    public MachineReservation Exchange(ResourcePoolEntity nextPool, VirtualMachineConfigInfo nextConfig)
    {
        // What is given back may be just what the other needs.
        Charge(-1);
        try
        {
            return Take(nextPool, nextConfig);
        }
        catch (VimFaultException)
        {
            Charge(1);
            throw;
        }
    }

    public void Release() => Charge(-1);

    private void Charge(int sign)
    {
        pool.Cpu.Charge(sign * Cpu, 0);
        pool.Memory.Charge(sign * Memory, sign * (long)config.Hardware.MemoryMB);
    }
}
