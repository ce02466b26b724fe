using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>The keys that vSphere gives devices: each kind has a range, and within a range the place on the controller counts.</summary>
internal static class DeviceKeys
{
    public const int PciController = 100;
    public const int SioController = 400;

    /// <summary>The first key that a device of its kind may have.</summary>
    public static int Base(VirtualDevice device) => device switch
    {
        VirtualPCIController => PciController,
        VirtualIDEController => 200,
        VirtualPS2Controller => 300,
        VirtualSIOController => SioController,
        VirtualMachineVideoCard => 500,
        VirtualKeyboard => 600,
        VirtualPointingDevice => 700,
        VirtualSCSIController => 1000,
        VirtualDisk => 2000,
        VirtualCdrom => 3000,
        VirtualEthernetCard => 4000,
        VirtualUSBController or VirtualUSBXHCIController => 7000,
        VirtualFloppy => 8000,
        VirtualSerialPort => 9000,
        VirtualMachineVMCIDevice => 12000,
        VirtualSATAController => 15000,
        VirtualNVMEController => 31000,
        _ => 20000,
    };

    /// <summary>How many units a controller has for devices, and which one is its own.</summary>
    public static (int Count, int Reserved) Units(VirtualDevice controller) => controller switch
    {
        VirtualSCSIController => (16, 7),
        VirtualIDEController => (2, -1),
        VirtualSATAController => (30, -1),
        VirtualNVMEController => (15, -1),
        _ => (64, -1),
    };

    /// <summary>The units at which adapters begin on the PCI controller.</summary>
    public const int FirstAdapterUnit = 7;

    /// <summary>The controller that a device is on when its specification names none; null for a controller.</summary>
    public static int? DefaultController(VirtualDevice device) => device switch
    {
        VirtualEthernetCard or VirtualSCSIController or VirtualSATAController or VirtualNVMEController or VirtualUSBController
            or VirtualUSBXHCIController or VirtualMachineVideoCard or VirtualMachineVMCIDevice => PciController,
        VirtualSerialPort or VirtualFloppy => SioController,
        _ => null,
    };
}
