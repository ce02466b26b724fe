using System.Globalization;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>The virtual hardware of the endpoint VM.</summary>
internal sealed class EndpointHardware
{
    /// <summary>The name of the bridge side; the other cards are named after the first role on them.</summary>
    public const string BridgeRole = "bridge";

    /// <summary>The file of the console, in the machine's folder.</summary>
    public const string ConsoleName = "tether.debug";

    private const int IdeControllerKey = 200;

    // Negative: the server chooses. The positive ones below 1000 are those of devices that every machine has.
    private const int PvScsiControllerKey = -100;

    // Slots of ESXi's PCIe root ports, one function each; vmxnet3 appears there (vmware/vic, lib/spec).
    private const int FirstSlot = 0x4A0;
    private const int SlotStep = 0x20;

    private readonly VchPlan _plan;
    private readonly List<NetworkCard> _cards = [];

    public EndpointHardware(VchPlan plan, InventoryEntity bridge)
    {
        _plan = plan;
        foreach (var role in plan.Roles)
        {
            Add(role.Name, role.Network, role.Switch);
        }

        Add(BridgeRole, bridge, plan.Bridge.Switch);
    }

    /// <summary>What vSphere shows as the guest's system: it tells the version at a glance.</summary>
    public static string GuestName => $"Debian - VCH {ProductVersion.Current}";

    /// <summary>The slot number of the card that a role uses.</summary>
    public int SlotOf(string role) => _cards.First(card => card.Roles.Contains(role)).Slot;

    /// <summary>The virtual machine as it is created: everything but the ISO, which has no place before the machine has a folder.</summary>
    public VirtualMachineConfigSpec Create()
    {
        var compute = _plan.Request.Compute;
        return new VirtualMachineConfigSpec
        {
            Name = _plan.Request.Name,
            GuestId = "other64Guest",
            AlternateGuestName = GuestName,
            Files = new VirtualMachineFileInfo { VmPathName = $"[{_plan.ImageStore.Name}]" },
            NumCPUs = compute.EndpointCpus,
            MemoryMB = compute.EndpointMemoryMB,
            DeviceChange =
            [
                Add(new VirtualIDEController { Key = IdeControllerKey, BusNumber = 0 }),
                Add(new ParaVirtualSCSIController { Key = PvScsiControllerKey, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing }),
                .. _cards.Select((card, index) => Add(card.ToDevice(key: -(index + 1)))),
            ],
            ExtraConfig =
            [
                .. _cards.Select((card, index) => new OptionValue
                {
                    Key = FormattableString.Invariant($"ethernet{index}.pciSlotNumber"),
                    Value = card.Slot.ToString(CultureInfo.InvariantCulture),
                }),
                new OptionValue { Key = "answer.msg.serial.file.open", Value = "Append" },
                new OptionValue { Key = "disk.EnableUUID", Value = "TRUE" },
            ],
        };
    }

    /// <summary>The devices that need the machine's folder: the CD-ROM with the ISO, and the serial port for the console.</summary>
    public static List<VirtualDeviceConfigSpec> InFolder(string applianceIso, string consoleFile) =>
    [
        Add(new VirtualCdrom
        {
            Key = -10,
            ControllerKey = IdeControllerKey,
            UnitNumber = 0,
            Backing = new VirtualCdromIsoBackingInfo { FileName = applianceIso },
            Connectable = Connected(),
        }),
        Add(new VirtualSerialPort
        {
            Key = -11,
            YieldOnPoll = true,
            Backing = new VirtualSerialPortFileBackingInfo { FileName = consoleFile },
            Connectable = Connected(),
        }),
    ];

    /// <summary>How devices are connected: from the start.</summary>
    public static VirtualDeviceConnectInfo Connected() => new() { StartConnected = true, Connected = true, AllowGuestControl = true };

    private void Add(string role, InventoryEntity network, InventoryEntity? networkSwitch)
    {
        var card = _cards.FirstOrDefault(existing => existing.Network.Reference == network.Reference);
        if (card is null)
        {
            card = new NetworkCard(FirstSlot + (_cards.Count * SlotStep), network, networkSwitch);
            _cards.Add(card);
        }

        card.Roles.Add(role);
    }

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) =>
        new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };

    private sealed class NetworkCard(int slot, InventoryEntity network, InventoryEntity? networkSwitch)
    {
        public int Slot => slot;

        public InventoryEntity Network => network;

        public List<string> Roles { get; } = [];

        public VirtualVmxnet3 ToDevice(int key) => new()
        {
            Key = key,
            AddressType = "generated",
            Backing = Backing(),
            Connectable = Connected(),
            SlotInfo = new VirtualDevicePciBusSlotInfo { PciSlotNumber = slot },
        };

        private VirtualDeviceBackingInfo Backing() => network.Reference.Type switch
        {
            "DistributedVirtualPortgroup" => new VirtualEthernetCardDistributedVirtualPortBackingInfo
            {
                Port = new DistributedVirtualSwitchPortConnection
                {
                    SwitchUuid = networkSwitch?.Get<string>("uuid") ?? "",
                    PortgroupKey = network.Get<string>("key") ?? network.Reference.Value,
                },
            },
            "OpaqueNetwork" when network.Get<OpaqueNetworkSummary>("summary") is { } opaque => new VirtualEthernetCardOpaqueNetworkBackingInfo
            {
                OpaqueNetworkId = opaque.OpaqueNetworkId,
                OpaqueNetworkType = opaque.OpaqueNetworkType,
            },
            _ => new VirtualEthernetCardNetworkBackingInfo { DeviceName = network.Name, Network = network.Reference },
        };
    }
}
