using System.Globalization;
using Vic.Lab.Inventory.Resources;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A resource pool or, derived from it, a vApp.</summary>
internal class ResourcePoolEntity : Entity
{
    /// <summary>The normal shares of a pool: CPU, and memory.</summary>
    public const int NormalCpuShares = 4000;

    /// <inheritdoc cref="NormalCpuShares"/>
    public const int NormalMemoryShares = 163840;

    private long version;

    public ResourcePoolEntity(
        ManagedObjectReference reference, string name, ManagedObjectReference parent, ManagedObjectReference owner, ResourceConfigSpec config)
        : base(reference, name, parent)
    {
        Cpu = new ResourceLedger(WriteUsage);
        Memory = new ResourceLedger(WriteUsage);
        Write("owner", owner);
        Write("resourcePool", new List<ManagedObjectReference>());
        Write("vm", new List<ManagedObjectReference>());
        Write("childConfiguration", null);
        ApplyConfig(config);
    }

    public ManagedObjectReference Owner => (ManagedObjectReference)Read("owner")!;

    public ResourceConfigSpec Config => Read<ResourceConfigSpec>("config")!;

    /// <summary>Who has reserved which part of the processors, in MHz.</summary>
    public ResourceLedger Cpu { get; }

    /// <summary>Who has reserved which part of the memory, in MB.</summary>
    public ResourceLedger Memory { get; }

    /// <summary>The usage is worked out when it is looked at, because what pools above and beside this one take counts too.</summary>
    public override object? Read(string name) => name switch
    {
        "runtime" => MakeRuntime(),
        "summary" => MakeSummary(),
        _ => base.Read(name),
    };

    /// <summary>Takes over a configuration that was checked; what it leaves out stays.</summary>
    public void ApplyConfig(ResourceConfigSpec change)
    {
        var next = Merge(change);
        Write("config", next);
        Cpu.Configure(next.CpuAllocation);
        Memory.Configure(next.MemoryAllocation);
    }

    /// <summary>What the configuration would be after a change.</summary>
    public ResourceConfigSpec Merge(ResourceConfigSpec change)
    {
        var old = Read<ResourceConfigSpec>("config");
        return new ResourceConfigSpec
        {
            Entity = Reference,
            ChangeVersion = (++version).ToString(CultureInfo.InvariantCulture),
            LastModified = DateTime.UtcNow,
            CpuAllocation = ResourceAllocations.Merge(old?.CpuAllocation, change.CpuAllocation, NormalCpuShares),
            MemoryAllocation = ResourceAllocations.Merge(old?.MemoryAllocation, change.MemoryAllocation, NormalMemoryShares),
        };
    }

    public void WriteSummary() => Write("summary", MakeSummary());

    protected virtual ResourcePoolSummary MakeSummary() => Fill(new ResourcePoolSummary());

    /// <summary>Fills in what a pool's and a vApp's summary have in common.</summary>
    protected ResourcePoolSummary Fill(ResourcePoolSummary summary)
    {
        summary.Name = Name;
        summary.Config = Config;
        summary.Runtime = MakeRuntime();
        summary.QuickStats = new ResourcePoolQuickStats { GuestMemoryUsage = Memory.Running, HostMemoryUsage = Memory.Running };
        return summary;
    }

    private void WriteUsage()
    {
        Write("runtime", MakeRuntime());
        WriteSummary();
    }

    private ResourcePoolRuntimeInfo MakeRuntime() => new()
    {
        Cpu = Usage(Cpu, 1),
        Memory = Usage(Memory, 1 << 20),
        OverallStatus = ManagedEntityStatus.Green,
    };

    /// <summary>Memory is configured in MB, but its usage is told in bytes.</summary>
    private static ResourcePoolResourceUsage Usage(ResourceLedger ledger, long unit) => new()
    {
        ReservationUsed = ledger.Used * unit,
        ReservationUsedForVm = ledger.UsedByMachines * unit,
        UnreservedForPool = ledger.Available * unit,
        UnreservedForVm = ledger.Available * unit,
        OverallUsage = ledger.Running * unit,
        MaxUsage = ledger.Maximum * unit,
    };
}
