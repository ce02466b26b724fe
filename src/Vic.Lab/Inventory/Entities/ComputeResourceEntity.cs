using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A compute resource: one stand-alone host, or a cluster.</summary>
internal class ComputeResourceEntity : Entity
{
    public ComputeResourceEntity(ManagedObjectReference reference, string name, ManagedObjectReference folder, ManagedObjectReference pool)
        : base(reference, name, folder)
    {
        Write("resourcePool", pool);
        Write("host", new List<ManagedObjectReference>());
        Write("datastore", new List<ManagedObjectReference>());
        Write("network", new List<ManagedObjectReference>());
        Write("environmentBrowser", null);
        Write("configurationEx", new ComputeResourceConfigInfo { VmSwapPlacement = "vmDirectory" });
    }

    public ManagedObjectReference RootPool => (ManagedObjectReference)Read("resourcePool")!;

    public IReadOnlyList<ManagedObjectReference> Hosts => References("host");

    /// <summary>Adds up what the hosts have, and what those that can run virtual machines offer.</summary>
    public void Summarize(IReadOnlyList<HostEntity> hosts)
    {
        var effective = hosts.Where(host => host.IsAvailable).Select(host => host.Hardware).ToList();
        var all = hosts.Select(host => host.Hardware).ToList();
        var summary = MakeSummary();
        summary.TotalCpu = all.Sum(host => host.CpuMhz * host.NumCpuCores);
        summary.TotalMemory = all.Sum(host => host.MemorySize);
        summary.NumCpuCores = (short)all.Sum(host => host.NumCpuCores);
        summary.NumCpuThreads = (short)all.Sum(host => host.NumCpuThreads);
        summary.EffectiveCpu = effective.Sum(host => host.CpuMhz * host.NumCpuCores);
        summary.EffectiveMemory = effective.Sum(host => host.MemorySize) >> 20;
        summary.NumHosts = all.Count;
        summary.NumEffectiveHosts = effective.Count;
        summary.OverallStatus = effective.Count == all.Count ? ManagedEntityStatus.Green : ManagedEntityStatus.Red;
        Write("summary", summary);
        Write("overallStatus", summary.OverallStatus);
    }

    protected virtual ComputeResourceSummary MakeSummary() => new();
}
