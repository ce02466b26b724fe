using System.Globalization;
using System.Text.Json.Nodes;

namespace Vic.Lab.Machines.Qemu;

/// <summary>
/// The command line of a machine's QEMU process: the devices that ESXi shows a guest, and nothing else. QEMU connects to every socket, so the lab listens
/// before QEMU starts, and nothing is to be waited for.
/// </summary>
internal static class QemuCommandLine
{
    /// <summary>The program.</summary>
    public const string Program = "qemu-system-x86_64";

    /// <summary>How many serial ports a machine has at most: those of a PC.</summary>
    public const int MaximumSerialPorts = 4;

    // COM1 and COM2 as ever. COM3 and COM4 share those interrupts on a PC, and the sharing loses some: 5 and 7 are free on q35, and the
    // guest learns them from the ACPI tables.
    private static readonly int[] SerialInterrupts = [4, 3, 5, 7];

    /// <summary>Builds the arguments.</summary>
    /// <param name="configuration">The hardware.</param>
    /// <param name="sockets">Where QEMU connects to.</param>
    /// <param name="diskNodes">The block node of each disk, by device key.</param>
    public static IReadOnlyList<string> Build(
        MachineConfiguration configuration, QemuSockets sockets, IReadOnlyDictionary<int, JsonObject> diskNodes)
    {
        var arguments = new List<string>
        {
            "-name", $"guest={configuration.Id}",
            "-machine", "q35,vmport=off",
            "-accel", "tcg",
            "-cpu", "max",
            "-smp", Text(configuration.CpuCount),
            "-m", Text(configuration.MemoryMegabytes),
            "-uuid", configuration.Uuid.ToString("D"),
            "-rtc", "base=utc",
            "-nodefaults", "-no-user-config", "-display", "none", "-S",
            "-pidfile", sockets.ProcessIdFile,
            "-chardev", $"socket,id=qmp,path={Escape(sockets.Control)},server=off",
            "-mon", "chardev=qmp,mode=control",

            // With ACPI's hot-plug of PCI bridges the guest would name slots by ACPI's numbers instead of the root ports'.
            "-global", "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off",
        };
        AddCdRoms(arguments, configuration);
        AddDisks(arguments, configuration, diskNodes);
        AddAdapters(arguments, configuration, sockets);
        AddSerialPorts(arguments, configuration, sockets);
        arguments.AddRange(
        [
            "-device", "virtio-serial-pci,id=vserial",

            // After a reset the lab closes the connection, so that nothing half sent reaches the new boot; QEMU comes back.
            "-chardev", $"socket,id={QemuNames.GuestRpc},path={Escape(sockets.GuestRpc)},server=off,reconnect=1",
            "-device", $"virtserialport,bus=vserial.0,chardev={QemuNames.GuestRpc},name=vic.guestrpc.0",
        ]);
        return arguments;
    }

    /// <summary>The properties of a disk device; the same at start and at hot-add.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="uuid">Its uuid when guests may see it, otherwise null.</param>
    public static JsonObject DiskDevice(MachineDisk disk, Guid? uuid)
    {
        var device = new JsonObject
        {
            ["driver"] = "scsi-hd",
            ["id"] = QemuNames.Disk(disk.Key),
            ["drive"] = QemuNames.DiskNode(disk.Key),
            ["bus"] = QemuNames.Controller(disk.BusNumber) + ".0",
            ["scsi-id"] = disk.UnitNumber,
            ["vendor"] = "VMware",
            ["product"] = "Virtual disk",
        };
        if (uuid is { } visible)
        {
            device["serial"] = visible.ToString("N");
        }

        return device;
    }

    /// <summary>The back end of a serial port.</summary>
    public static JsonObject SerialBackend(MachineSerialPort port, QemuSockets sockets) => port switch
    {
        { Connected: true, Backing: SerialPortBacking.File file } => Backend("file", new JsonObject { ["out"] = file.Path, ["append"] = file.Append }),
        { Backing: SerialPortBacking.Network } => Backend(
            "socket",
            new JsonObject
            {
                ["addr"] = new JsonObject { ["type"] = "unix", ["data"] = new JsonObject { ["path"] = sockets.Serial(port.Key) } },
                ["server"] = false,
            }),
        _ => Backend("null", []),
    };

    private static JsonObject Backend(string type, JsonObject data) => new() { ["type"] = type, ["data"] = data };

    private static void AddCdRoms(List<string> arguments, MachineConfiguration configuration)
    {
        for (var index = 0; index < configuration.CdRoms.Count; index++)
        {
            var drive = configuration.CdRoms[index];
            var device = $"ide-cd,bus=ide.{index},id={QemuNames.CdRom(drive.Key)},bootindex={index + 1}";
            if (drive.ImagePath is not null)
            {
                arguments.AddRange(["-blockdev", QemuBlockNodes.Iso(QemuNames.CdRomNode(drive.Key), drive.ImagePath).ToJsonString()]);
                device += $",drive={QemuNames.CdRomNode(drive.Key)}";
            }

            arguments.AddRange(["-device", device]);
        }
    }

    private static void AddDisks(List<string> arguments, MachineConfiguration configuration, IReadOnlyDictionary<int, JsonObject> diskNodes)
    {
        const int firstBootIndex = 100;

        // The first controller is there without disks as well, so that disks can be added while the machine runs.
        foreach (var bus in configuration.Disks.Select(disk => disk.BusNumber).Append(0).Distinct().Order())
        {
            arguments.AddRange(["-device", $"pvscsi,id={QemuNames.Controller(bus)}"]);
        }

        var bootIndex = firstBootIndex;
        foreach (var disk in configuration.Disks.OrderBy(disk => disk.BusNumber).ThenBy(disk => disk.UnitNumber))
        {
            var device = DiskDevice(disk, DiskUuid(configuration, disk));
            device["bootindex"] = bootIndex++;
            arguments.AddRange(["-blockdev", diskNodes[disk.Key].ToJsonString(), "-device", device.ToJsonString()]);
        }
    }

    private static Guid? DiskUuid(MachineConfiguration configuration, MachineDisk disk) =>
        configuration.DiskUuidVisible ? Disks.DiskChain.ReadLink(disk.Path).Descriptor.Uuid : null;

    private static void AddAdapters(List<string> arguments, MachineConfiguration configuration, QemuSockets sockets)
    {
        var chassis = 1;
        foreach (var adapter in configuration.NetworkAdapters)
        {
            var model = adapter.Kind switch
            {
                NetworkAdapterKind.E1000E => "e1000e",
                NetworkAdapterKind.E1000 => "e1000",
                _ => "vmxnet3",
            };
            arguments.AddRange(
            [
                "-netdev", $"stream,id={QemuNames.AdapterBackend(adapter.Key)},server=off,addr.type=unix,addr.path={Escape(sockets.Adapter(adapter.Key))}",
                "-device", $"pcie-root-port,id={QemuNames.RootPort(adapter.Key)},slot={adapter.PciSlotNumber},chassis={chassis++}",
                "-device", $"{model},id={QemuNames.Adapter(adapter.Key)},bus={QemuNames.RootPort(adapter.Key)},"
                    + $"netdev={QemuNames.AdapterBackend(adapter.Key)},mac={adapter.MacAddress},romfile=",
            ]);
        }
    }

    private static void AddSerialPorts(List<string> arguments, MachineConfiguration configuration, QemuSockets sockets)
    {
        if (configuration.SerialPorts.Count > MaximumSerialPorts)
        {
            throw new MachineException($"A virtual machine of the lab has at most {MaximumSerialPorts} serial ports.");
        }

        for (var index = 0; index < configuration.SerialPorts.Count; index++)
        {
            var port = configuration.SerialPorts[index];
            var backend = QemuNames.SerialBackend(port.Key);
            arguments.AddRange(
            [
                "-chardev", SerialOptions(backend, port, sockets),
                "-device", $"isa-serial,id={QemuNames.Serial(port.Key)},chardev={backend},index={index},irq={SerialInterrupts[index]}",
            ]);
        }
    }

    private static string SerialOptions(string id, MachineSerialPort port, QemuSockets sockets) => port switch
    {
        { Connected: true, Backing: SerialPortBacking.File file } => $"file,id={id},path={Escape(file.Path)},append={(file.Append ? "on" : "off")}",
        { Backing: SerialPortBacking.Network } => $"socket,id={id},path={Escape(sockets.Serial(port.Key))},server=off",
        _ => $"null,id={id}",
    };

    /// <summary>A comma separates options, and a doubled one is meant.</summary>
    private static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
