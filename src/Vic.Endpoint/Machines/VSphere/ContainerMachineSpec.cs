using Vic.Configuration;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Networks;
using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>The hardware of a container VM, device for device as vmware/vic's lib/spec has it.</summary>
internal static class ContainerMachineSpec
{
    // Negative keys are the request's own; vSphere gives the device its own.
    private const int ScsiKey = -30;
    private const int IdeKey = 200;
    private const int SerialControllerKey = 400;
    private const int LongestDisplayName = 80;

    /// <summary>What a host asks the concentrator for; ours has one service only, so it is a name (vmware/vic's is the same).</summary>
    private const string ConnectorService = "tcp://127.0.0.1:2379";

    private static readonly (string Key, string Value)[] Settings =
    [
        ("disk.EnableUUID", "TRUE"),
        ("answer.msg.disk.duplicateUUID", "Yes"),
        ("answer.msg.serial.file.open", "Append"),
        ("sched.mem.lpage.maxSharedPages", "256"),
        ("vmotion.checkpointSVGAPrimarySize", "4194304"),
        ("serial0.hardwareFlowControl", "TRUE"),
        ("memory.noHotAddOver4GB", "FALSE"),
        ("memory.maxGrow", "512"),
        ("tools.remindInstall", "FALSE"),
        ("tools.upgrade.policy", "manual"),
        ("ethernet0.pciSlotNumber", "1184"),
    ];

    /// <summary>The VM of a container whose disk is a child of an image's.</summary>
    public static VirtualMachineConfigSpec Create(
        VSpherePlatform platform, ContainerRecord record, string parentDiskPath, IEnumerable<KeyValuePair<string, string>> configuration)
    {
        var folder = $"[{platform.Datastore}] {record.Id}";
        var devices = new List<VirtualDevice>
        {
            new ParaVirtualSCSIController { Key = ScsiKey, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing },
            new VirtualIDEController { Key = IdeKey, BusNumber = 0 },
            CdRom(platform.BootstrapIso),
        };
        if (UsesBridge(record))
        {
            devices.Add(Card(platform.BridgeBacking));
        }

        devices.Add(Serial(0, platform.Sessions.SerialProxyFor(record) is { } proxy ? Proxied(proxy) : FileBacked($"{folder}/console.log")));
        devices.Add(Serial(1, FileBacked($"{folder}/tether.debug")));
        devices.Add(Serial(2, FileBacked($"{folder}/output.log")));
        return new VirtualMachineConfigSpec
        {
            Name = DisplayName(platform.NameConvention, record),
            GuestId = "other64Guest",
            AlternateGuestName = "VIC for PowerShell - Container",
            Files = new VirtualMachineFileInfo { VmPathName = $"{folder}/{record.Id}.vmx" },
            NumCPUs = record.Processors,
            MemoryMB = record.MemoryMegabytes,
            CpuHotAddEnabled = false,
            MemoryHotAddEnabled = false,
            DeviceChange = [.. devices.Select(Add), AddDisk(platform, $"{folder}/{record.Id}.vmdk", parentDiskPath)],
            ExtraConfig = Options([.. Settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)), .. configuration]),
        };
    }

    /// <summary>Whether a container has a card on the bridge network.</summary>
    public static bool UsesBridge(ContainerRecord record) => BridgeNetwork.IsJoinedBy(record);

    /// <summary>The VM's name in vSphere.</summary>
    public static string DisplayName(string convention, ContainerRecord record)
    {
        convention = convention.Length > 0 ? convention : "{name}-{id}";
        var shortId = record.ShortId();
        var room = LongestDisplayName - convention.Replace("{name}", "", StringComparison.Ordinal).Replace("{id}", shortId, StringComparison.Ordinal).Length;
        var name = record.Name.Length > room && room > 0 ? record.Name[..room] : record.Name;
        return convention.Replace("{name}", name, StringComparison.Ordinal).Replace("{id}", shortId, StringComparison.Ordinal);
    }

    /// <summary>Keys and values as vSphere takes them.</summary>
    public static List<OptionValue> Options(IEnumerable<KeyValuePair<string, string>> values) =>
        [.. values.Select(value => new OptionValue { Key = value.Key, Value = value.Value })];

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) =>
        new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };

    private static VirtualDeviceConfigSpec AddDisk(VSpherePlatform platform, string path, string parentDiskPath) => new()
    {
        Operation = VirtualDeviceConfigSpecOperation.Add,
        FileOperation = VirtualDeviceConfigSpecFileOperation.Create,
        Device = new VirtualDisk
        {
            Key = -1,
            ControllerKey = ScsiKey,
            UnitNumber = 0,
            CapacityInKB = platform.DiskCapacity,
            Backing = new VirtualDiskFlatVer2BackingInfo
            {
                FileName = path,
                DiskMode = "persistent",
                ThinProvisioned = true,
                Parent = new VirtualDiskFlatVer2BackingInfo { FileName = parentDiskPath, DiskMode = "persistent" },
            },
        },
    };

    private static VirtualCdrom CdRom(string iso) => new()
    {
        Key = -2,
        ControllerKey = IdeKey,
        UnitNumber = 0,
        Backing = new VirtualCdromIsoBackingInfo { FileName = iso },
        Connectable = Connected(),
    };

    private static VirtualVmxnet3 Card(VirtualDeviceBackingInfo backing) => new()
    {
        Key = -3,
        Backing = backing,
        AddressType = "generated",
        SlotInfo = new VirtualDevicePciBusSlotInfo { PciSlotNumber = BridgePlace.Slot },
        Connectable = Connected(),
    };

    private static VirtualSerialPort Serial(int unit, VirtualDeviceBackingInfo backing) => new()
    {
        Key = -10 - unit,
        ControllerKey = SerialControllerKey,
        UnitNumber = unit,
        YieldOnPoll = true,
        Backing = backing,
        Connectable = Connected(),
    };

    private static VirtualSerialPortFileBackingInfo FileBacked(string path) => new() { FileName = path };

    private static VirtualSerialPortURIBackingInfo Proxied(string proxy) => new()
    {
        Direction = "client",
        ServiceURI = ConnectorService,
        ProxyURI = proxy,
    };

    private static VirtualDeviceConnectInfo Connected() => new() { StartConnected = true, Connected = true, AllowGuestControl = true };
}
