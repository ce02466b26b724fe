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

    /// <summary>Adds up what the hosts offer.</summary>
    public void Summarize(IReadOnlyList<HostHardwareSummary> hosts)
    {
        var summary = MakeSummary();
        summary.TotalCpu = hosts.Sum(host => host.CpuMhz * host.NumCpuCores);
        summary.TotalMemory = hosts.Sum(host => host.MemorySize);
        summary.NumCpuCores = (short)hosts.Sum(host => host.NumCpuCores);
        summary.NumCpuThreads = (short)hosts.Sum(host => host.NumCpuThreads);
        summary.EffectiveCpu = summary.TotalCpu;
        summary.EffectiveMemory = summary.TotalMemory >> 20;
        summary.NumHosts = hosts.Count;
        summary.NumEffectiveHosts = hosts.Count;
        summary.OverallStatus = ManagedEntityStatus.Green;
        Write("summary", summary);
    }

    protected virtual ComputeResourceSummary MakeSummary() => new();
}
