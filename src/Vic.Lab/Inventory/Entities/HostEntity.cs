using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A host.</summary>
internal sealed class HostEntity : Entity
{
    private const int CpuMhz = 2400;

    public HostEntity(ManagedObjectReference reference, string name, ManagedObjectReference parent, HostParts parts, AboutInfo product)
        : base(reference, name, parent)
    {
        Parts = parts;
        var uuid = Guid.NewGuid().ToString("D");
        var cores = (short)Math.Max(2, Environment.ProcessorCount);
        var memory = Math.Max(4L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Hardware = new HostHardwareSummary
        {
            Vendor = "VIC lab",
            Model = "Single machine",
            Uuid = uuid,
            MemorySize = memory,
            CpuModel = "Virtual CPU",
            CpuMhz = CpuMhz,
            NumCpuPkgs = 1,
            NumCpuCores = cores,
            NumCpuThreads = cores,
            NumNics = 1,
            NumHBAs = 1,
        };
        Write("hardware", new HostHardwareInfo
        {
            SystemInfo = new HostSystemInfo { Vendor = Hardware.Vendor, Model = Hardware.Model, Uuid = uuid },
            CpuInfo = new HostCpuInfo { NumCpuPackages = 1, NumCpuCores = cores, NumCpuThreads = cores, Hz = CpuMhz * 1_000_000L },
            CpuPkg = [new HostCpuPackage { Vendor = "intel", Hz = CpuMhz * 1_000_000L, Description = Hardware.CpuModel, ThreadId = [0] }],
            MemorySize = memory,
        });
        Write("runtime", new HostRuntimeInfo
        {
            ConnectionState = HostSystemConnectionState.Connected,
            PowerState = HostSystemPowerState.PoweredOn,
            InMaintenanceMode = false,
            BootTime = DateTime.UtcNow,
            HostMaxVirtualDiskCapacity = 62L << 40,
        });
        Write("configManager", new HostConfigManager
        {
            NetworkSystem = parts.Network,
            FirewallSystem = parts.Firewall,
            ServiceSystem = parts.Service,
            StorageSystem = parts.Storage,
            DatastoreSystem = parts.Datastore,
            AdvancedOption = parts.Options,
        });
        Write("datastoreBrowser", parts.DatastoreBrowser);
        Write("vm", new List<ManagedObjectReference>());
        Write("datastore", new List<ManagedObjectReference>());
        Write("network", new List<ManagedObjectReference>());
        Write("systemResources", null);
        Write("config", new HostConfigInfo { Host = reference, Product = product });
        Write("summary", new HostListSummary
        {
            Host = reference,
            Hardware = Hardware,
            Runtime = Read<HostRuntimeInfo>("runtime"),
            Config = new HostConfigSummary { Name = name, Port = 443, Product = product, VmotionEnabled = false, FaultToleranceEnabled = false },
            QuickStats = new HostListSummaryQuickStats { OverallCpuUsage = 0, OverallMemoryUsage = 0, Uptime = 0 },
            OverallStatus = ManagedEntityStatus.Green,
            RebootRequired = false,
        });
    }

    public HostParts Parts { get; }

    public HostHardwareSummary Hardware { get; }

    public HostRuntimeInfo Runtime => Read<HostRuntimeInfo>("runtime")!;

    /// <summary>Whether virtual machines can run here: connected, and neither in maintenance nor on the way there.</summary>
    public bool IsAvailable => Runtime is { ConnectionState: HostSystemConnectionState.Connected, InMaintenanceMode: false } && !IsEnteringMaintenance;

    /// <summary>Whether the host waits for its last virtual machine to go before it is in maintenance.</summary>
    public bool IsEnteringMaintenance { get; set; }

    /// <summary>Whether the firewall is in force; only esxcli shows it.</summary>
    public bool IsFirewallEnabled { get; set; } = true;

    /// <summary>Whether the firewall's module is loaded; only esxcli shows it.</summary>
    public bool IsFirewallLoaded { get; set; } = true;

    /// <summary>Changes the runtime by a copy.</summary>
    public void ChangeRuntime(Action<HostRuntimeInfo> change)
    {
        var runtime = Runtime.ShallowClone();
        change(runtime);
        Write("runtime", runtime);
        var summary = Read<HostListSummary>("summary")!.ShallowClone();
        summary.Runtime = runtime;
        summary.OverallStatus = runtime.ConnectionState == HostSystemConnectionState.Connected ? ManagedEntityStatus.Green : ManagedEntityStatus.Red;
        Write("summary", summary);
        Write("overallStatus", summary.OverallStatus);
    }

    /// <exception cref="VimFaultException">No virtual machine can run here now.</exception>
    public void CheckAvailable()
    {
        if (Runtime.ConnectionState != HostSystemConnectionState.Connected)
        {
            throw Faults.New(new HostNotConnected(), $"The host '{Name}' is not connected.");
        }

        if (!IsAvailable)
        {
            throw Faults.InvalidState($"The host '{Name}' is in maintenance mode.");
        }
    }

    /// <summary>Replaces the parts of <c>config</c> that mirror the host's own managed objects.</summary>
    public void UpdateConfig(Action<HostConfigInfo> change)
    {
        var config = Read<HostConfigInfo>("config")!.ShallowClone();
        change(config);
        Write("config", config);
    }
}
