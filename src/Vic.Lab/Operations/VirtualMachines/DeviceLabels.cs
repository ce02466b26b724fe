using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>The labels and summaries that vSphere gives devices.</summary>
internal static class DeviceLabels
{
    public static Description For(VirtualDevice device, int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var before = (number - 1).ToString(CultureInfo.InvariantCulture);
        return device switch
        {
            VirtualDisk disk => New($"Hard disk {text}", string.Create(CultureInfo.InvariantCulture, $"{disk.CapacityInKB:N0} KB")),
            VirtualCdrom cdrom => New($"CD/DVD drive {text}", cdrom.Backing is VirtualDeviceFileBackingInfo iso ? $"ISO {iso.FileName}" : "Remote ATAPI"),
            VirtualEthernetCard => New($"Network adapter {text}", Network(device.Backing)),
            VirtualSerialPort => New($"Serial port {text}", Serial(device.Backing)),
            VirtualFloppy => New($"Floppy drive {text}", "Remote"),
            VirtualSCSIController controller => New($"SCSI controller {Bus(controller)}", ScsiModel(controller)),
            VirtualIDEController controller => New($"IDE {Bus(controller)}", $"IDE {Bus(controller)}"),
            VirtualSATAController controller => New($"SATA controller {Bus(controller)}", "AHCI"),
            VirtualPCIController => New("PCI controller 0", "PCI controller 0"),
            VirtualPS2Controller => New("PS2 controller 0", "PS2 controller 0"),
            VirtualSIOController => New("SIO controller 0", "SIO controller 0"),
            VirtualMachineVideoCard => New("Video card ", "Video card"),
            VirtualKeyboard => New("Keyboard ", "Keyboard"),
            VirtualPointingDevice => New("Pointing device", "Pointing device; Device"),
            VirtualMachineVMCIDevice => New("VMCI device", "Device on the virtual machine PCI bus"),
            _ => New($"{device.WireType} {before}", device.WireType),
        };
    }

    private static Description New(string label, string summary) => new() { Label = label, Summary = summary };

    private static string Bus(VirtualController controller) => controller.BusNumber.ToString(CultureInfo.InvariantCulture);

    private static string ScsiModel(VirtualSCSIController controller) => controller switch
    {
        ParaVirtualSCSIController => "VMware paravirtual SCSI",
        VirtualLsiLogicSASController => "LSI Logic SAS",
        VirtualBusLogicController => "BusLogic",
        _ => "LSI Logic",
    };

    private static string Network(VirtualDeviceBackingInfo? backing) => backing switch
    {
        VirtualDeviceDeviceBackingInfo device => device.DeviceName,
        VirtualEthernetCardDistributedVirtualPortBackingInfo port => $"DVSwitch: {port.Port.SwitchUuid}",
        _ => string.Empty,
    };

    private static string Serial(VirtualDeviceBackingInfo? backing) => backing switch
    {
        VirtualDeviceURIBackingInfo uri => $"Remote {uri.ServiceURI}",
        VirtualDeviceFileBackingInfo file => $"File {file.FileName}",
        _ => "Device",
    };
}
