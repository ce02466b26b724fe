using System.Globalization;
using System.Security.Cryptography;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Checks what backs adapters, CD-ROM drives and serial ports.</summary>
internal sealed class DeviceBackings(LabWorld world)
{
    /// <summary>Checks the network of an adapter, and fills in its reference.</summary>
    public void CheckNetwork(int index, VirtualEthernetCard card)
    {
        lock (world.Store.Gate)
        {
            switch (card.Backing)
            {
                case VirtualEthernetCardNetworkBackingInfo standard:
                    var network = FindNetwork(standard.DeviceName)
                        ?? throw Faults.InvalidDeviceBacking(index, $"There is no network '{standard.DeviceName}'.");
                    var backing = standard.ShallowClone();
                    backing.Network = network.Reference;
                    card.Backing = backing;
                    break;
                case VirtualEthernetCardDistributedVirtualPortBackingInfo port:
                    CheckPort(index, port.Port);
                    break;
                default:
                    throw Faults.InvalidDeviceBacking(index, "An adapter needs a network or a distributed port group.");
            }
        }
    }

    /// <summary>The network that an adapter is plugged into; under the store's lock.</summary>
    public NetworkEntity? NetworkOf(VirtualDeviceBackingInfo? backing) => backing switch
    {
        VirtualEthernetCardNetworkBackingInfo standard => FindNetwork(standard.DeviceName),
        VirtualEthernetCardDistributedVirtualPortBackingInfo port => world.FindPortGroup(port.Port.PortgroupKey),
        _ => null,
    };

    /// <summary>Checks the files behind drives and ports.</summary>
    public void Check(int index, VirtualDevice device)
    {
        switch (device.Backing)
        {
            case VirtualCdromIsoBackingInfo iso when iso.FileName.Length > 0:
                var (datastore, path, file) = world.Locate(iso.FileName);
                if (device.Connectable is { StartConnected: true } or { Connected: true } && !File.Exists(file))
                {
                    throw Faults.FileNotFound(path);
                }

                var backing = iso.ShallowClone();
                backing.Datastore = datastore.Reference;
                device.Backing = backing;
                break;
            case VirtualSerialPortFileBackingInfo serial:
                world.Locate(serial.FileName);
                break;
            case VirtualSerialPortURIBackingInfo { Direction: not ("client" or "server") }:
                throw Faults.InvalidDeviceBacking(index, "The direction of a network serial port is client or server.");
            case null when device is VirtualSerialPort:
                throw Faults.InvalidDeviceBacking(index, "A serial port needs a backing.");
        }
    }

    /// <summary>A MAC address of VMware's range for addresses that vCenter assigns.</summary>
    public string NewMacAddress()
    {
        lock (world.Store.Gate)
        {
            var taken = world.Store.OfType<VirtualMachineEntity>()
                .SelectMany(machine => machine.Config.Hardware.Device ?? [])
                .OfType<VirtualEthernetCard>()
                .Select(card => card.MacAddress)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            while (true)
            {
                var tail = RandomNumberGenerator.GetInt32(1 << 24);
                var address = string.Create(
                    CultureInfo.InvariantCulture, $"00:50:56:{0x80 | ((tail >> 16) & 0x3F):x2}:{(tail >> 8) & 0xFF:x2}:{tail & 0xFF:x2}");
                if (!taken.Contains(address))
                {
                    return address;
                }
            }
        }
    }

    private NetworkEntity? FindNetwork(string name)
        => world.Store.OfType<NetworkEntity>().FirstOrDefault(network => network is not PortGroupEntity && network.Name == name);

    private void CheckPort(int index, DistributedVirtualSwitchPortConnection port)
    {
        var group = world.FindPortGroup(port.PortgroupKey)
            ?? throw Faults.InvalidDeviceBacking(index, $"There is no distributed port group '{port.PortgroupKey}'.");
        if (port.SwitchUuid.Length > 0 && !port.SwitchUuid.Equals(group.Switch.Uuid, StringComparison.OrdinalIgnoreCase))
        {
            throw Faults.InvalidDeviceBacking(index, $"The port group '{group.Name}' is not of the switch '{port.SwitchUuid}'.");
        }

        var hasPort = port.PortKey is { } key && group.Contains(key);
        if (!hasPort && !group.HasRoom)
        {
            throw Faults.NoFreePort(group.Name);
        }
    }
}
