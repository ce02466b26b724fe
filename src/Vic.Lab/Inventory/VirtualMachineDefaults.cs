using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>What a new virtual machine has before anything is asked of it.</summary>
internal static class VirtualMachineDefaults
{
    /// <summary>The capability that all machines share.</summary>
    public static VirtualMachineCapability Capability { get; } = new()
    {
        SnapshotOperationsSupported = true,
        MultipleSnapshotsSupported = true,
        SnapshotConfigSupported = true,
        PoweredOffSnapshotsSupported = true,
        RevertToSnapshotSupported = true,
        BootOptionsSupported = true,
        MultipleCoresPerSocketSupported = true,
    };

    /// <summary>A powered-off machine on no host.</summary>
    public static VirtualMachineRuntimeInfo Runtime { get; } = new()
    {
        ConnectionState = VirtualMachineConnectionState.Connected,
        PowerState = VirtualMachinePowerState.PoweredOff,
        FaultToleranceState = VirtualMachineFaultToleranceState.NotConfigured,
        RecordReplayState = VirtualMachineRecordReplayState.Inactive,
        CleanPowerOff = true,
    };

    /// <summary>A guest of which nothing is known.</summary>
    public static GuestInfo Guest(VirtualMachineConfigInfo config) => new()
    {
        ToolsStatus = VirtualMachineToolsStatus.ToolsNotRunning,
        ToolsVersionStatus = "guestToolsUnmanaged",
        ToolsVersionStatus2 = "guestToolsUnmanaged",
        ToolsRunningStatus = "guestToolsNotRunning",
        ToolsVersion = "0",
        GuestId = config.GuestId,
        GuestFullName = config.GuestFullName,
        GuestState = "notRunning",
        GuestOperationsReady = false,
        InteractiveGuestOperationsReady = false,
        GuestStateChangeSupported = false,
    };

    /// <summary>The full name that goes with a guest id.</summary>
    public static string GuestFullName(string guestId) => guestId switch
    {
        "other3xLinux64Guest" => "Other 3.x or later Linux (64-bit)",
        "other4xLinux64Guest" => "Other 4.x or later Linux (64-bit)",
        "debian10_64Guest" => "Debian GNU/Linux 10 (64-bit)",
        "otherLinux64Guest" => "Other Linux (64-bit)",
        "otherGuest64" or "other64Guest" => "Other (64-bit)",
        "otherGuest" => "Other (32-bit)",
        _ => guestId,
    };
}
