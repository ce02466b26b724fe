using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A cluster.</summary>
internal sealed class ClusterEntity : ComputeResourceEntity
{
    public ClusterEntity(ManagedObjectReference reference, string name, ManagedObjectReference folder, ManagedObjectReference pool, bool hasDrs)
        : base(reference, name, folder, pool)
    {
        Configuration = DefaultConfiguration(hasDrs);
    }

    /// <summary>The cluster's configuration; a new object for each change.</summary>
    public ClusterConfigInfoEx Configuration
    {
        get => Read<ClusterConfigInfoEx>("configurationEx")!;
        set
        {
            Write("configurationEx", value);
            Write("configuration", new ClusterConfigInfo
            {
                DasConfig = value.DasConfig,
                DasVmConfig = value.DasVmConfig,
                DrsConfig = value.DrsConfig,
                DrsVmConfig = value.DrsVmConfig,
                Rule = value.Rule,
            });
        }
    }

    /// <summary>What a cluster is like of which nothing is said.</summary>
    public static ClusterConfigInfoEx DefaultConfiguration(bool hasDrs) => new()
    {
        VmSwapPlacement = "vmDirectory",
        DasConfig = new ClusterDasConfigInfo { Enabled = false },
        DrsConfig = new ClusterDrsConfigInfo
        {
            Enabled = hasDrs,
            EnableVmBehaviorOverrides = true,
            DefaultVmBehavior = DrsBehavior.FullyAutomated,
            VmotionRate = 3,
        },
        Rule = [],
        Group = [],
        DrsVmConfig = [],
        DasVmConfig = [],
    };

    protected override ComputeResourceSummary MakeSummary() => new ClusterComputeResourceSummary();
}
