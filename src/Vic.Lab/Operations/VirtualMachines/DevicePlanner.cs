using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>
/// Applies the device changes of a specification to a list of devices, without doing anything yet. A client numbers new devices as it likes, usually
/// with negative keys, and refers to them by these; the devices get the keys that vSphere would give them.
/// </summary>
internal sealed class DevicePlanner
{
    private const int FirstPciSlot = 160;
    private const int PciSlotStep = 32;

    private readonly List<VirtualDevice> devices;
    private readonly Dictionary<int, int> newKeys = [];
    private readonly List<DiskAction> before = [];
    private readonly List<DiskAction.Delete> after = [];
    private readonly List<KeyValuePair<string, string>> variables = [];
    private readonly DiskBackings disks;
    private readonly DeviceBackings backings;

    private DevicePlanner(IEnumerable<VirtualDevice> devices, DiskBackings disks, DeviceBackings backings)
    {
        this.devices = [.. devices];
        this.disks = disks;
        this.backings = backings;
    }

    /// <exception cref="VimFaultException">A change is impossible; the fault names its index.</exception>
    public static DevicePlan Plan(
        IReadOnlyList<VirtualDevice> devices, IReadOnlyList<VirtualDeviceConfigSpec> changes, DiskBackings disks, DeviceBackings backings)
    {
        var planner = new DevicePlanner(devices, disks, backings);

        // Removals make room for what is added in the same call.
        for (var index = 0; index < changes.Count; index++)
        {
            if (changes[index].Operation == VirtualDeviceConfigSpecOperation.Remove)
            {
                planner.Remove(index, changes[index]);
            }
        }

        for (var index = 0; index < changes.Count; index++)
        {
            switch (changes[index].Operation)
            {
                case VirtualDeviceConfigSpecOperation.Add:
                    planner.AddDevice(index, changes[index]);
                    break;
                case VirtualDeviceConfigSpecOperation.Edit:
                    planner.Edit(index, changes[index]);
                    break;
                case VirtualDeviceConfigSpecOperation.Remove:
                    break;
                default:
                    throw Faults.InvalidDeviceSpec(index, string.Empty, "The operation is missing.");
            }
        }

        return new DevicePlan(planner.Finish(), planner.before, planner.after, planner.variables);
    }

    private void Remove(int index, VirtualDeviceConfigSpec change)
    {
        var device = devices.Find(device => device.Key == change.Device.Key)
            ?? throw Faults.InvalidDeviceSpec(index, "key", $"There is no device {Text(change.Device.Key)}.");
        if (device is VirtualController && devices.Exists(other => other.ControllerKey == device.Key && other != device))
        {
            throw Faults.InvalidDeviceSpec(index, "key", "The controller still has devices.");
        }

        devices.Remove(device);
        if (change.FileOperation == VirtualDeviceConfigSpecFileOperation.Destroy && device is VirtualDisk disk)
        {
            after.Add(new DiskAction.Delete(disks.PathOf(index, disk)));
        }

        if (device is VirtualEthernetCard card)
        {
            variables.Add(new(SlotVariable(card), string.Empty));
        }
    }

    private void AddDevice(int index, VirtualDeviceConfigSpec change)
    {
        var device = change.Device.ShallowClone();
        if (FindBuiltIn(device) is { } builtIn)
        {
            newKeys[device.Key] = builtIn.Key;
            return;
        }

        Place(index, device);
        var specKey = device.Key;
        device.Key = ChooseKey(device);
        newKeys[specKey] = device.Key;
        switch (device)
        {
            case VirtualDisk disk:
                disks.Prepare(index, disk, change.FileOperation, before);
                break;
            case VirtualEthernetCard card:
                AddCard(index, card);
                break;
            default:
                backings.Check(index, device);
                break;
        }

        device.Connectable = Connectable(device);
        device.DeviceInfo = null;
        devices.Add(device);
    }

    private void Edit(int index, VirtualDeviceConfigSpec change)
    {
        var position = devices.FindIndex(device => device.Key == change.Device.Key);
        if (position < 0)
        {
            throw Faults.InvalidDeviceSpec(index, "key", $"There is no device {Text(change.Device.Key)}.");
        }

        var old = devices[position];
        if (old.GetType() != change.Device.GetType())
        {
            throw Faults.InvalidDeviceSpec(index, string.Empty, "A device cannot become another kind of device.");
        }

        var device = change.Device.ShallowClone();
        device.ControllerKey ??= old.ControllerKey;
        device.UnitNumber ??= old.UnitNumber;
        device.Connectable ??= old.Connectable;
        device.SlotInfo ??= old.SlotInfo;
        device.DeviceInfo = null;
        switch (device)
        {
            case VirtualDisk disk:
                disks.Edit(index, (VirtualDisk)old, disk, before);
                break;
            case VirtualEthernetCard card:
                var oldCard = (VirtualEthernetCard)old;
                card.Backing ??= old.Backing;
                card.MacAddress = string.IsNullOrEmpty(card.MacAddress) ? oldCard.MacAddress : card.MacAddress;
                card.AddressType ??= oldCard.AddressType;
                backings.CheckNetwork(index, card);
                break;
            default:
                device.Backing ??= old.Backing;
                backings.Check(index, device);
                break;
        }

        devices[position] = device;
    }

    private void AddCard(int index, VirtualEthernetCard card)
    {
        backings.CheckNetwork(index, card);
        if (string.IsNullOrEmpty(card.MacAddress))
        {
            card.MacAddress = backings.NewMacAddress();
            card.AddressType = "assigned";
        }

        card.AddressType ??= "manual";
        card.WakeOnLanEnabled ??= true;
        if (card.SlotInfo is not VirtualDevicePciBusSlotInfo)
        {
            var taken = devices.OfType<VirtualEthernetCard>()
                .Select(other => (other.SlotInfo as VirtualDevicePciBusSlotInfo)?.PciSlotNumber ?? 0)
                .ToHashSet();
            var slot = FirstPciSlot;
            while (taken.Contains(slot))
            {
                slot += PciSlotStep;
            }

            card.SlotInfo = new VirtualDevicePciBusSlotInfo { PciSlotNumber = slot };
        }

        variables.Add(new(SlotVariable(card), Text(((VirtualDevicePciBusSlotInfo)card.SlotInfo).PciSlotNumber)));
    }

    /// <summary>A machine has one PCI, one PS/2 and one SIO controller, and its IDE controllers: adding them again means these.</summary>
    private VirtualDevice? FindBuiltIn(VirtualDevice device) => device switch
    {
        VirtualIDEController ide => devices.Find(other => other is VirtualIDEController same && same.BusNumber == ide.BusNumber),
        VirtualPCIController => devices.Find(other => other is VirtualPCIController),
        VirtualPS2Controller => devices.Find(other => other is VirtualPS2Controller),
        VirtualSIOController => devices.Find(other => other is VirtualSIOController),
        VirtualMachineVideoCard => devices.Find(other => other is VirtualMachineVideoCard),
        VirtualMachineVMCIDevice => devices.Find(other => other is VirtualMachineVMCIDevice),
        _ => null,
    };

    /// <summary>Finds the device's controller and a unit on it.</summary>
    private void Place(int index, VirtualDevice device)
    {
        if (device is VirtualController controller and not VirtualIDEController)
        {
            PlaceController(index, controller);
            return;
        }

        var key = device.ControllerKey ?? DeviceKeys.DefaultController(device);
        if (key is null)
        {
            if (device is VirtualDisk or VirtualCdrom)
            {
                throw Faults.MissingController(index);
            }

            return;
        }

        // A key of this very call comes first: it may equal the key that another device has already. One that was left out is vSphere's own.
        var controllerKey = device.ControllerKey is { } asked ? newKeys.GetValueOrDefault(asked, asked) : key.Value;
        var parent = devices.Find(candidate => candidate.Key == controllerKey && candidate is VirtualController)
            ?? throw Faults.MissingController(index);
        if (device is VirtualDisk && parent is not (VirtualSCSIController or VirtualIDEController or VirtualSATAController or VirtualNVMEController))
        {
            throw Faults.InvalidController(index, controllerKey);
        }

        device.ControllerKey = controllerKey;
        var taken = devices.Where(other => other.ControllerKey == controllerKey).Select(other => other.UnitNumber ?? -1).ToHashSet();
        var (count, reserved) = DeviceKeys.Units(parent);
        if (device is VirtualDisk or VirtualCdrom && device.UnitNumber is { } unitAsked and >= 0)
        {
            if (unitAsked >= count || unitAsked == reserved || taken.Contains(unitAsked))
            {
                throw Faults.InvalidDeviceSpec(index, "unitNumber", $"The unit {Text(unitAsked)} of the controller is not free.");
            }

            return;
        }

        var unit = device is VirtualEthernetCard ? DeviceKeys.FirstAdapterUnit : 0;
        while (taken.Contains(unit) || unit == reserved)
        {
            unit++;
        }

        if (unit >= count)
        {
            throw Faults.New(new TooManyDevices { Property = "deviceChange" }, "The controller has no free unit.");
        }

        device.UnitNumber = unit;
    }

    private void PlaceController(int index, VirtualController controller)
    {
        var taken = devices.OfType<VirtualController>()
            .Where(other => DeviceKeys.Base(other) == DeviceKeys.Base(controller))
            .Select(other => other.BusNumber)
            .ToHashSet();
        var bus = taken.Contains(controller.BusNumber) ? 0 : controller.BusNumber;
        while (taken.Contains(bus))
        {
            bus++;
        }

        if (bus > 3)
        {
            throw Faults.InvalidDeviceSpec(index, "busNumber", "There is no bus left for another controller of that kind.");
        }

        controller.BusNumber = bus;
        controller.ControllerKey = DeviceKeys.PciController;
        if (controller is VirtualSCSIController scsi)
        {
            scsi.HotAddRemove = true;
            scsi.ScsiCtlrUnitNumber = 7;
            scsi.SharedBus = scsi.SharedBus == VirtualSCSISharing.Unknown ? VirtualSCSISharing.NoSharing : scsi.SharedBus;
        }
    }

    private int ChooseKey(VirtualDevice device)
    {
        var start = DeviceKeys.Base(device);
        var key = device switch
        {
            VirtualController controller => start + controller.BusNumber,
            VirtualDisk or VirtualCdrom => start + PlaceOnController(device),
            _ => start,
        };
        while (devices.Exists(other => other.Key == key))
        {
            key++;
        }

        return key;
    }

    private int PlaceOnController(VirtualDevice device)
    {
        var controller = (VirtualController)devices.First(other => other.Key == device.ControllerKey);
        return controller switch
        {
            VirtualIDEController => (device is VirtualDisk ? 1000 : 0) + (controller.BusNumber * 2) + (device.UnitNumber ?? 0),
            VirtualSATAController => (device is VirtualDisk ? 14000 : 13000) + (controller.BusNumber * 30) + (device.UnitNumber ?? 0),
            _ => (controller.BusNumber * 16) + (device.UnitNumber ?? 0),
        };
    }

    private static VirtualDeviceConnectInfo? Connectable(VirtualDevice device)
    {
        if (device is not (VirtualEthernetCard or VirtualCdrom or VirtualSerialPort or VirtualFloppy))
        {
            return device.Connectable;
        }

        if (device.Connectable is not { } asked)
        {
            return new VirtualDeviceConnectInfo { StartConnected = true, AllowGuestControl = true, Connected = false, Status = "untried" };
        }

        var connectable = asked.ShallowClone();
        connectable.Status ??= "untried";
        return connectable;
    }

    /// <summary>Puts the devices in order, numbers their labels, and lists each controller's devices.</summary>
    private List<VirtualDevice> Finish()
    {
        var ordered = devices.OrderBy(device => device.Key).ToList();
        var counts = new Dictionary<int, int>();
        for (var position = 0; position < ordered.Count; position++)
        {
            var device = ordered[position];
            var kind = DeviceKeys.Base(device);
            var number = counts[kind] = counts.GetValueOrDefault(kind) + 1;
            var on = device is VirtualController
                ? ordered.Where(other => other.ControllerKey == device.Key).Select(other => other.Key).ToList()
                : null;
            var sameDevices = device is not VirtualController old || (old.Device ?? []).SequenceEqual(on!);
            if (device.DeviceInfo is not null && sameDevices)
            {
                continue;
            }

            var copy = device.ShallowClone();
            copy.DeviceInfo ??= DeviceLabels.For(copy, number);
            if (copy is VirtualController controller)
            {
                controller.Device = on;
            }

            ordered[position] = copy;
        }

        return ordered;
    }

    private static string SlotVariable(VirtualEthernetCard card)
        => $"ethernet{Text((card.UnitNumber ?? DeviceKeys.FirstAdapterUnit) - DeviceKeys.FirstAdapterUnit)}.pciSlotNumber";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
