using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Which changes a machine takes while it is on ("Hot-plug" in the vSphere Virtual Machine Administration guide).</summary>
internal static class HotPlug
{
    /// <summary>Checks a change of what is not a device.</summary>
    public static bool NeedsPowerOff(VirtualMachineConfigInfo config, VirtualMachineConfigSpec spec)
        => IsChanged(spec.NumCPUs, config.Hardware.NumCPU) && !(config.CpuHotAddEnabled == true && spec.NumCPUs > config.Hardware.NumCPU)
            || IsChanged(spec.MemoryMB, (long)config.Hardware.MemoryMB) && !(config.MemoryHotAddEnabled == true && spec.MemoryMB > config.Hardware.MemoryMB)
            || IsChanged(spec.NumCoresPerSocket, config.Hardware.NumCoresPerSocket)
            || IsChanged(spec.CpuHotAddEnabled, config.CpuHotAddEnabled)
            || IsChanged(spec.CpuHotRemoveEnabled, config.CpuHotRemoveEnabled)
            || IsChanged(spec.MemoryHotAddEnabled, config.MemoryHotAddEnabled)
            || IsChanged(spec.Uuid, config.Uuid)
            || IsChanged(spec.InstanceUuid, config.InstanceUuid)
            || IsChanged(spec.GuestId, config.GuestId)
            || IsChanged(spec.Version, config.Version)
            || IsChanged(spec.Firmware, config.Firmware);

    /// <summary>Checks a change of a device.</summary>
    /// <param name="change">The change.</param>
    /// <param name="old">The device before, or null when it is added.</param>
    /// <param name="controller">The controller that it is on, or null.</param>
    public static bool NeedsPowerOff(VirtualDeviceConfigSpec change, VirtualDevice? old, VirtualDevice? controller)
        => change.Operation == VirtualDeviceConfigSpecOperation.Edit
            ? IsColdEdit(change.Device, old!)
            : (old ?? change.Device) switch
            {
                VirtualDisk => controller is VirtualIDEController,
                VirtualEthernetCard or VirtualSCSIController or VirtualSATAController or VirtualNVMEController or VirtualUSBController
                    or VirtualUSBXHCIController => false,
                _ => true,
            };

    private static bool IsColdEdit(VirtualDevice device, VirtualDevice old) => (device, old) switch
    {
        (VirtualDisk { Backing: VirtualDiskFlatVer2BackingInfo asked }, VirtualDisk { Backing: VirtualDiskFlatVer2BackingInfo had })
            => asked.DiskMode.Length > 0 && asked.DiskMode != had.DiskMode,
        (VirtualEthernetCard asked, VirtualEthernetCard had)
            => !string.IsNullOrEmpty(asked.MacAddress) && !asked.MacAddress.Equals(had.MacAddress, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsChanged<T>(T? asked, T? had)
        where T : struct => asked is { } value && !value.Equals(had ?? default);

    private static bool IsChanged(string? asked, string? had)
        => !string.IsNullOrEmpty(asked) && !asked.Equals(had, StringComparison.OrdinalIgnoreCase);
}
