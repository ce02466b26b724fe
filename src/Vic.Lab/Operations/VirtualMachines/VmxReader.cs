using System.Globalization;
using System.Text.RegularExpressions;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Reads a .vmx file as the specification of a machine that has its disks already: the inverse of <see cref="VmxFile.Render"/>.</summary>
internal sealed partial class VmxReader
{
    private readonly Dictionary<string, string> values;
    private readonly DatastorePath home;
    private readonly List<VirtualDeviceConfigSpec> devices = [];
    private int nextKey = -100;

    private VmxReader(Dictionary<string, string> values, DatastorePath home)
    {
        this.values = values;
        this.home = home;
    }

    /// <param name="text">The file.</param>
    /// <param name="home">Its directory, where files without a path are.</param>
    /// <exception cref="VimFaultException">The text is not that of a .vmx file.</exception>
    public static VirtualMachineConfigSpec Read(string text, DatastorePath home)
    {
        var values = VmxFile.Parse(text);
        return values.ContainsKey("config.version")
            ? new VmxReader(values, home).Read()
            : throw Faults.New(new InvalidFormat(), "The file is no configuration of a virtual machine.");
    }

    private VirtualMachineConfigSpec Read()
    {
        AddControllers("scsi", ScsiController);
        AddControllers("sata", static _ => new VirtualAHCIController());
        AddControllers("nvme", static _ => new VirtualNVMEController());
        foreach (var adapter in Present(AdapterName()))
        {
            AddAdapter(adapter);
        }

        foreach (var port in Present(SerialName()))
        {
            AddSerialPort(port);
        }

        foreach (var unit in Present(IdeName()))
        {
            AddUnit(unit, 200 + Digit(unit, 3), unit[^1] - '0');
        }

        return new VirtualMachineConfigSpec
        {
            Name = Text("displayName"),
            Version = "vmx-" + (Text("virtualHW.version") ?? "14"),
            GuestId = Text("guestOS"),
            AlternateGuestName = Text("guestOSAltName"),
            Annotation = Text("annotation"),
            Firmware = Text("firmware"),
            MemoryMB = Number("memSize"),
            NumCPUs = Number("numvcpus"),
            NumCoresPerSocket = Number("cpuid.coresPerSocket"),
            MemoryHotAddEnabled = Flag("mem.hotadd"),
            CpuHotAddEnabled = Flag("vcpu.hotadd"),
            Uuid = Text("uuid.bios"),
            InstanceUuid = Text("vc.uuid"),
            DeviceChange = devices,
            ExtraConfig =
            [
                .. values.Where(entry => !VmxFile.IsHardware(entry.Key))
                    .Select(entry => new OptionValue { Key = entry.Key, Value = entry.Value }),
            ],
        };
    }

    private VirtualSCSIController ScsiController(string name)
    {
        VirtualSCSIController controller = Text(name + ".virtualDev") switch
        {
            "pvscsi" => new ParaVirtualSCSIController(),
            "lsisas1068" => new VirtualLsiLogicSASController(),
            "buslogic" => new VirtualBusLogicController(),
            _ => new VirtualLsiLogicController(),
        };
        controller.SharedBus = VirtualSCSISharing.NoSharing;
        return controller;
    }

    private void AddControllers(string bus, Func<string, VirtualController> make)
    {
        for (var number = 0; number < 4; number++)
        {
            var name = bus + number.ToString(CultureInfo.InvariantCulture);
            if (Flag(name + ".present") != true)
            {
                continue;
            }

            var controller = make(name);
            controller.BusNumber = number;
            var key = Add(controller);
            for (var unit = 0; unit < 30; unit++)
            {
                var device = string.Create(CultureInfo.InvariantCulture, $"{name}:{unit}");
                if (Flag(device + ".present") == true)
                {
                    AddUnit(device, key, unit);
                }
            }
        }
    }

    private void AddUnit(string name, int controller, int unit)
    {
        var file = File(name);
        VirtualDevice device = Text(name + ".deviceType") switch
        {
            "cdrom-image" => new VirtualCdrom { Backing = new VirtualCdromIsoBackingInfo { FileName = file } },
            "cdrom-raw" or "atapi-cdrom" => new VirtualCdrom { Backing = new VirtualCdromRemotePassthroughBackingInfo() },
            _ => new VirtualDisk
            {
                Backing = new VirtualDiskFlatVer2BackingInfo { FileName = file, DiskMode = Text(name + ".mode") ?? "persistent" },
            },
        };
        device.ControllerKey = controller;
        device.UnitNumber = unit;
        if (device is VirtualCdrom)
        {
            device.Connectable = Connectable(name);
        }

        Add(device);
    }

    private void AddAdapter(string name)
    {
        VirtualEthernetCard card = Text(name + ".virtualDev") switch
        {
            "e1000e" => new VirtualE1000e(),
            "e1000" => new VirtualE1000(),
            _ => new VirtualVmxnet3(),
        };
        card.MacAddress = Text(name + ".address");
        card.AddressType = Text(name + ".addressType");
        card.Connectable = Connectable(name);
        card.Backing = Text(name + ".dvs.portgroupId") is { } group
            ? new VirtualEthernetCardDistributedVirtualPortBackingInfo
            {
                Port = new DistributedVirtualSwitchPortConnection { PortgroupKey = group, SwitchUuid = Text(name + ".dvs.switchId") ?? string.Empty },
            }
            : new VirtualEthernetCardNetworkBackingInfo { DeviceName = Text(name + ".networkName") ?? string.Empty };
        if (Number(name + ".pciSlotNumber") is { } slot)
        {
            card.SlotInfo = new VirtualDevicePciBusSlotInfo { PciSlotNumber = slot };
        }

        Add(card);
    }

    private void AddSerialPort(string name)
    {
        var file = Text(name + ".fileName") ?? string.Empty;
        VirtualDeviceBackingInfo backing = Text(name + ".fileType") switch
        {
            "network" => new VirtualSerialPortURIBackingInfo
            {
                ServiceURI = file,
                Direction = Text(name + ".network.endPoint") ?? "client",
                ProxyURI = Text(name + ".vspc"),
            },
            "file" => new VirtualSerialPortFileBackingInfo { FileName = File(name) },
            _ => new VirtualSerialPortDeviceBackingInfo { DeviceName = file },
        };
        Add(new VirtualSerialPort { Backing = backing, Connectable = Connectable(name), YieldOnPoll = Flag(name + ".yieldOnMsrRead") ?? false });
    }

    private string File(string name)
        => Text(name + ".fileName") is not { } file ? string.Empty : file.StartsWith('[') ? file : home.Combine(file).ToString();

    private VirtualDeviceConnectInfo Connectable(string name)
        => new() { StartConnected = Flag(name + ".startConnected") ?? true, AllowGuestControl = true, Connected = false };

    private int Add(VirtualDevice device)
    {
        device.Key = --nextKey;
        devices.Add(new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device });
        return device.Key;
    }

    /// <summary>The devices of a kind that are present, in the order of their numbers.</summary>
    private List<string> Present(Regex name)
        => [.. values.Keys
            .Where(key => key.EndsWith(".present", StringComparison.Ordinal))
            .Select(key => key[..^".present".Length])
            .Where(device => name.IsMatch(device) && Flag(device + ".present") == true)
            .OrderBy(device => device.Length)
            .ThenBy(device => device, StringComparer.Ordinal)];

    private static int Digit(string text, int position) => text[position] - '0';

    private string? Text(string key) => values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    private int? Number(string key)
        => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool? Flag(string key) => Text(key) is { } value ? value.Equals("TRUE", StringComparison.OrdinalIgnoreCase) : null;

    [GeneratedRegex(@"^ethernet\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex AdapterName();

    [GeneratedRegex(@"^serial\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex SerialName();

    [GeneratedRegex(@"^ide[01]:[01]$", RegexOptions.CultureInvariant)]
    private static partial Regex IdeName();
}
