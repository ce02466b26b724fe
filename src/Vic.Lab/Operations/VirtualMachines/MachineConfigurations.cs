using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Reduces a virtual machine's configuration to what its runtime needs.</summary>
internal static class MachineConfigurations
{
    public static MachineConfiguration From(
        LabWorld world, ManagedObjectReference reference, VirtualMachineConfigInfo config, bool running)
    {
        var devices = config.Hardware.Device ?? [];
        var backings = new DeviceBackings(world);
        return new MachineConfiguration
        {
            Id = reference.Value,
            Name = config.Name,
            Uuid = Guid.TryParse(config.Uuid, out var uuid) ? uuid : Guid.Empty,
            HomeDirectory = Path.GetDirectoryName(world.Locate(config.Files.VmPathName ?? string.Empty).File)!,
            CpuCount = config.Hardware.NumCPU,
            MemoryMegabytes = config.Hardware.MemoryMB,
            DiskUuidVisible = Variable(config, "disk.EnableUUID") is { } visible && visible.Equals("TRUE", StringComparison.OrdinalIgnoreCase),
            Disks = [.. devices.OfType<VirtualDisk>().Select(disk => Disk(world, devices, disk))],
            CdRoms = [.. devices.OfType<VirtualCdrom>().Select(drive => CdRom(world, drive, running))],
            NetworkAdapters = [.. devices.OfType<VirtualEthernetCard>()
                .OrderBy(card => card.UnitNumber)
                .Select(card => Adapter(world, backings, card, running))],
            SerialPorts = [.. devices.OfType<VirtualSerialPort>()
                .OrderBy(port => port.UnitNumber)
                .Select(port => Serial(world, config, port, running))],
        };
    }

    private static MachineDisk Disk(LabWorld world, List<VirtualDevice> devices, VirtualDisk disk)
    {
        var controller = devices.OfType<VirtualController>().FirstOrDefault(candidate => candidate.Key == disk.ControllerKey);
        var backing = (VirtualDiskFlatVer2BackingInfo)disk.Backing!;
        return new MachineDisk(
            disk.Key,
            controller?.BusNumber ?? 0,
            disk.UnitNumber ?? 0,
            world.Locate(backing.FileName).File,
            backing.DiskMode.EndsWith("nonpersistent", StringComparison.Ordinal));
    }

    private static MachineCdRom CdRom(LabWorld world, VirtualCdrom drive, bool running)
        => new(
            drive.Key,
            drive.Backing is VirtualCdromIsoBackingInfo { FileName.Length: > 0 } iso && IsConnected(drive, running)
                ? world.Locate(iso.FileName).File
                : null);

    private static MachineNetworkAdapter Adapter(LabWorld world, DeviceBackings backings, VirtualEthernetCard card, bool running)
    {
        lock (world.Store.Gate)
        {
            return new MachineNetworkAdapter(
                card.Key,
                card switch
                {
                    VirtualE1000e => NetworkAdapterKind.E1000E,
                    VirtualE1000 => NetworkAdapterKind.E1000,
                    _ => NetworkAdapterKind.Vmxnet3,
                },
                card.MacAddress ?? string.Empty,
                (card.SlotInfo as VirtualDevicePciBusSlotInfo)?.PciSlotNumber ?? 0,
                backings.NetworkOf(card.Backing)?.Reference.Value,
                IsConnected(card, running));
        }
    }

    private static MachineSerialPort Serial(LabWorld world, VirtualMachineConfigInfo config, VirtualSerialPort port, bool running)
    {
        SerialPortBacking? backing = port.Backing switch
        {
            VirtualSerialPortFileBackingInfo file => new SerialPortBacking.File(
                world.Locate(file.FileName).File,
                Variable(config, "answer.msg.serial.file.open") is { } answer && answer.Equals("Append", StringComparison.OrdinalIgnoreCase)),
            VirtualSerialPortURIBackingInfo uri => new SerialPortBacking.Network(uri.Direction == "client", uri.ServiceURI, uri.ProxyURI),
            _ => null,
        };
        return new MachineSerialPort(port.Key, backing, IsConnected(port, running));
    }

    private static bool IsConnected(VirtualDevice device, bool running)
        => device.Connectable is not { } connectable || (running ? connectable.Connected : connectable.StartConnected);

    private static string? Variable(VirtualMachineConfigInfo config, string key)
        => config.ExtraConfig?.Find(option => option.Key.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value as string;
}
