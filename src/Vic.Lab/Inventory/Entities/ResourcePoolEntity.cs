using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A resource pool or, derived from it, a vApp.</summary>
internal class ResourcePoolEntity : Entity
{
    public ResourcePoolEntity(
        ManagedObjectReference reference, string name, ManagedObjectReference parent, ManagedObjectReference owner, ResourceConfigSpec config)
        : base(reference, name, parent)
    {
        Write("owner", owner);
        Write("resourcePool", new List<ManagedObjectReference>());
        Write("vm", new List<ManagedObjectReference>());
        Write("childConfiguration", null);
        Write("runtime", new ResourcePoolRuntimeInfo
        {
            Cpu = Usage(config.CpuAllocation),
            Memory = Usage(config.MemoryAllocation),
            OverallStatus = ManagedEntityStatus.Green,
        });
        ApplyConfig(config);
    }

    public ManagedObjectReference Owner => (ManagedObjectReference)Read("owner")!;

    public ResourceConfigSpec Config => Read<ResourceConfigSpec>("config")!;

    /// <summary>Takes over a configuration; what it leaves out stays.</summary>
    public void ApplyConfig(ResourceConfigSpec change)
    {
        var old = Read<ResourceConfigSpec>("config");
        Write("config", new ResourceConfigSpec
        {
            Entity = Reference,
            ChangeVersion = DateTime.UtcNow.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture),
            LastModified = DateTime.UtcNow,
            CpuAllocation = ResourceAllocations.Merge(old?.CpuAllocation, change.CpuAllocation, 4000),
            MemoryAllocation = ResourceAllocations.Merge(old?.MemoryAllocation, change.MemoryAllocation, 163840),
        });
        WriteSummary();
    }

    public void WriteSummary() => Write("summary", MakeSummary());

    protected virtual ResourcePoolSummary MakeSummary() => new()
    {
        Name = Name,
        Config = Config,
        Runtime = Read<ResourcePoolRuntimeInfo>("runtime")!,
    };

    private static ResourcePoolResourceUsage Usage(ResourceAllocationInfo? allocation) => new()
    {
        UnreservedForPool = allocation?.Reservation ?? 0,
        UnreservedForVm = allocation?.Reservation ?? 0,
        MaxUsage = allocation?.Limit ?? -1,
    };
}
