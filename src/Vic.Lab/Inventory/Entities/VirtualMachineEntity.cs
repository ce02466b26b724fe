using Vic.Lab.Inventory.Networks;
using Vic.Lab.Inventory.Resources;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>
/// A virtual machine. <see cref="Operations"/> serialises what changes it; its properties are read and written under the store's lock like all
/// others.
/// </summary>
internal sealed class VirtualMachineEntity : Entity
{
    private IMachine? machine;

    public VirtualMachineEntity(ManagedObjectReference reference, VirtualMachineConfigInfo config, ManagedObjectReference? folder)
        : base(reference, config.Name, folder)
    {
        Snapshots = new SnapshotTree(this);
        Write("capability", VirtualMachineDefaults.Capability);
        Write("resourcePool", null);
        Write("parentVApp", null);
        Write("environmentBrowser", null);
        Write("layout", null);
        Write("layoutEx", null);
        Write("storage", null);
        Write("resourceConfig", null);
        Write("snapshot", null);
        Write("rootSnapshot", null);
        Write("guestHeartbeatStatus", ManagedEntityStatus.Gray);
        Write("datastore", new List<ManagedObjectReference>());
        Write("network", new List<ManagedObjectReference>());
        Write("config", config);
        Write("guest", VirtualMachineDefaults.Guest(config));
        Write("runtime", VirtualMachineDefaults.Runtime);
        WriteSummary();
    }

    /// <summary>Held by the operation that changes the machine: power, configuration, files.</summary>
    public SemaphoreSlim Operations { get; } = new(1, 1);

    /// <summary>Variables that guests and the .vmx file see and clients of the API do not: <c>guestinfo.ovfEnv</c>.</summary>
    public Dictionary<string, string> HiddenVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>What the machine holds of its resource pool; null while it does not run.</summary>
    public MachineReservation? Reservation { get; set; }

    /// <summary>The machine's snapshots.</summary>
    public SnapshotTree Snapshots { get; }

    /// <summary>Disks that no snapshot needs any more and that are still apart from their children.</summary>
    public HashSet<string> Unconsolidated { get; } = new(StringComparer.Ordinal);

    /// <summary>The ports of distributed port groups that the machine's adapters have, by the adapter's key.</summary>
    public Dictionary<int, DistributedPort> Ports { get; } = [];

    /// <summary>The question that the machine waits for the answer of, or null.</summary>
    public PendingQuestion? Question { get; set; }

    /// <summary>Whether the .vmx file lags behind the configuration.</summary>
    public bool IsVmxStale { get; set; }

    public IMachine Machine => machine ?? throw new InvalidOperationException("The virtual machine is not complete yet.");

    public VirtualMachineConfigInfo Config
    {
        get => Read<VirtualMachineConfigInfo>("config")!;
        set
        {
            Write("config", value);
            Name = value.Name;
            IsVmxStale = true;
            WriteSummary();
        }
    }

    public VirtualMachineRuntimeInfo Runtime
    {
        get => Read<VirtualMachineRuntimeInfo>("runtime")!;
        set
        {
            Write("runtime", value);
            WriteSummary();
        }
    }

    public GuestInfo Guest
    {
        get => Read<GuestInfo>("guest")!;
        set
        {
            Write("guest", value);
            WriteSummary();
        }
    }

    public VirtualMachinePowerState PowerState => Runtime.PowerState;

    public ManagedObjectReference? Host => Runtime.Host;

    public ManagedObjectReference? Pool => (ManagedObjectReference?)Read("resourcePool");

    /// <summary>The path of the .vmx file.</summary>
    public DatastorePath VmxPath
        => DatastorePath.TryParse(Config.Files.VmPathName, out var path) ? path : throw Faults.InvalidDatastorePath(Name);

    /// <summary>Gives back what the machine holds of its resource pool.</summary>
    public void ReleaseReservation()
    {
        Reservation?.Release();
        Reservation = null;
    }

    public void Attach(IMachine value) => machine = value;

    /// <summary>Changes the runtime by a copy.</summary>
    public void ChangeRuntime(Action<VirtualMachineRuntimeInfo> change)
    {
        var runtime = Runtime.ShallowClone();
        change(runtime);
        Runtime = runtime;
    }

    /// <summary>Changes what is known of the guest by a copy.</summary>
    public void ChangeGuest(Action<GuestInfo> change)
    {
        var guest = Guest.ShallowClone();
        change(guest);
        Guest = guest;
    }

    public string? ReadVariable(string key)
        => HiddenVariables.TryGetValue(key, out var hidden)
            ? hidden
            : Config.ExtraConfig?.Find(option => option.Key == key)?.Value as string;

    /// <summary>Sets a variable; the changeVersion stays, because the guest is not a client whose change others must see first.</summary>
    public void WriteVariable(string key, string value)
    {
        var config = Config.ShallowClone();
        config.ExtraConfig = ExtraConfiguration.With(config.ExtraConfig, key, value);
        Config = config;
    }

    /// <summary>Shows what the machine's files take.</summary>
    public void ShowStorage(VirtualMachineStorageInfo storage)
    {
        Write("storage", storage);
        WriteSummary();
    }

    private void WriteSummary()
    {
        var (config, runtime, guest) = (Config, Read<VirtualMachineRuntimeInfo>("runtime"), Guest);
        if (runtime is null)
        {
            return;
        }

        var devices = config.Hardware.Device ?? [];
        Write("summary", new VirtualMachineSummary
        {
            Vm = Reference,
            Runtime = runtime,
            Guest = new VirtualMachineGuestSummary
            {
                GuestId = guest.GuestId,
                GuestFullName = guest.GuestFullName,
                ToolsStatus = guest.ToolsStatus,
                ToolsVersionStatus = guest.ToolsVersionStatus,
                ToolsVersionStatus2 = guest.ToolsVersionStatus2,
                ToolsRunningStatus = guest.ToolsRunningStatus,
                HostName = guest.HostName,
                IpAddress = guest.IpAddress,
            },
            Config = new VirtualMachineConfigSummary
            {
                Name = config.Name,
                Template = config.Template,
                VmPathName = config.Files.VmPathName ?? string.Empty,
                MemorySizeMB = config.Hardware.MemoryMB,
                NumCpu = config.Hardware.NumCPU,
                NumEthernetCards = devices.Count(device => device is VirtualEthernetCard),
                NumVirtualDisks = devices.Count(device => device is VirtualDisk),
                Uuid = config.Uuid,
                InstanceUuid = config.InstanceUuid,
                GuestId = config.GuestId,
                GuestFullName = config.GuestFullName,
                Annotation = config.Annotation,
                ManagedBy = config.ManagedBy,
            },
            Storage = Read<VirtualMachineStorageInfo>("storage") is { PerDatastoreUsage: { } usage } storage
                ? new VirtualMachineStorageSummary
                {
                    Committed = usage.Sum(used => used.Committed),
                    Uncommitted = usage.Sum(used => used.Uncommitted),
                    Unshared = usage.Sum(used => used.Unshared),
                    Timestamp = storage.Timestamp,
                }
                : null,
            QuickStats = new VirtualMachineQuickStats { GuestHeartbeatStatus = ManagedEntityStatus.Gray },
            OverallStatus = ManagedEntityStatus.Green,
        });
    }
}
