using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>The configuration that a new virtual machine starts from, before its specification is applied.</summary>
internal static class NewVirtualMachine
{
    private const string HardwareVersion = "vmx-14";

    public static VirtualMachineConfigInfo Configuration(string name, DatastorePath vmx, string datastoreUrl)
    {
        var home = vmx.Parent + "/";
        return new VirtualMachineConfigInfo
        {
            Name = name,
            CreateDate = DateTime.UtcNow,
            Modified = DateTime.UtcNow,
            Version = HardwareVersion,
            Uuid = Guid.NewGuid().ToString("D"),
            InstanceUuid = Guid.NewGuid().ToString("D"),
            GuestId = "otherGuest",
            GuestFullName = VirtualMachineDefaults.GuestFullName("otherGuest"),
            Annotation = string.Empty,
            Firmware = "bios",
            Files = new VirtualMachineFileInfo
            {
                VmPathName = vmx.ToString(),
                SnapshotDirectory = home,
                SuspendDirectory = home,
                LogDirectory = home,
            },
            Tools = new ToolsConfigInfo { ToolsVersion = 0, SyncTimeWithHost = false, ToolsUpgradePolicy = "manual" },
            Flags = new VirtualMachineFlagInfo { EnableLogging = true },
            DefaultPowerOps = new VirtualMachineDefaultPowerOpInfo
            {
                PowerOffType = "soft",
                SuspendType = "hard",
                ResetType = "soft",
                DefaultPowerOffType = "soft",
                DefaultSuspendType = "hard",
                DefaultResetType = "soft",
                StandbyAction = "checkpoint",
            },
            CpuAllocation = ResourceAllocations.Unlimited(1000),
            MemoryAllocation = ResourceAllocations.Unlimited(1280),
            DatastoreUrl = [new VirtualMachineConfigInfoDatastoreUrlPair { Name = vmx.Datastore, Url = datastoreUrl }],
            BootOptions = new VirtualMachineBootOptions { BootDelay = 0 },
            CpuHotAddEnabled = false,
            MemoryHotAddEnabled = false,
            Hardware = new VirtualHardware { NumCPU = 1, NumCoresPerSocket = 1, MemoryMB = 128, Device = Devices() },
            ExtraConfig = [],
        };
    }

    private static List<VirtualDevice> Devices() =>
    [
        new VirtualIDEController { Key = 200, BusNumber = 0 },
        new VirtualIDEController { Key = 201, BusNumber = 1 },
        new VirtualPS2Controller { Key = 300, BusNumber = 0 },
        new VirtualPCIController { Key = 100, BusNumber = 0 },
        new VirtualSIOController { Key = 400, BusNumber = 0 },
        new VirtualKeyboard { Key = 600, ControllerKey = 300, UnitNumber = 0 },
        new VirtualPointingDevice { Key = 700, ControllerKey = 300, UnitNumber = 1 },
        new VirtualMachineVideoCard { Key = 500, ControllerKey = 100, UnitNumber = 0, VideoRamSizeInKB = 4096, NumDisplays = 1 },
        new VirtualMachineVMCIDevice { Key = 12000, ControllerKey = 100, UnitNumber = 17 },
    ];
}
