using Vic.Lab.Inventory;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>
/// What the specification of a virtual machine demands, as the API reference lists it for <c>CreateVM_Task</c> and <c>ReconfigVM_Task</c>. Used under
/// the store's lock.
/// </summary>
internal static class ConfigurationPrivileges
{
    private const string Prefix = "VirtualMachine.Config.";

    /// <summary>What a new machine's specification demands on the folder or vApp that it comes into.</summary>
    public static IEnumerable<PrivilegeDemand> ToCreate(LabWorld world, ManagedObjectReference container, VirtualMachineConfigSpec spec)
    {
        var changes = spec.DeviceChange ?? [];
        var privileges = changes.Where(change => change.Device is VirtualDisk).Select(DiskPrivilege).Distinct().ToList();
        if (spec.ExtraConfig is { Count: > 0 })
        {
            privileges.Add("AdvancedConfig");
        }

        if (!string.IsNullOrEmpty(spec.SwapPlacement))
        {
            privileges.Add("SwapPlacement");
        }

        return privileges
            .Select(privilege => new PrivilegeDemand(container, Prefix + privilege))
            .Concat(StoragePrivileges.On(world, "Datastore.AllocateSpace", [spec.Files?.VmPathName ?? string.Empty, .. NewFiles(changes)]))
            .Concat(Networks(world, changes));
    }

    /// <summary>What a change demands on the machine.</summary>
    public static IEnumerable<PrivilegeDemand> ToChange(LabWorld world, ManagedObjectReference machine, VirtualMachineConfigSpec spec)
    {
        var changes = spec.DeviceChange ?? [];
        var before = world.Store.Find<VirtualMachineEntity>(machine)?.Config.Hardware.Device ?? [];
        return Settings(spec)
            .Concat(changes.Select(change => DevicePrivilege(change, before.Find(device => device.Key == change.Device.Key))))
            .Distinct()
            .Select(privilege => new PrivilegeDemand(machine, privilege))
            .Concat(StoragePrivileges.On(world, "Datastore.AllocateSpace", NewFiles(changes)))
            .Concat(Networks(world, changes));
    }

    private static IEnumerable<string> Settings(VirtualMachineConfigSpec spec)
    {
        (bool IsChanged, string Privilege)[] parts =
        [
            (!string.IsNullOrEmpty(spec.Name), "Rename"),
            (spec.Annotation is not null, "Annotation"),
            (spec.NumCPUs is not null || spec.NumCoresPerSocket is not null, "CPUCount"),
            (spec.MemoryMB is not null, "Memory"),
            (spec.CpuAllocation is not null || spec.MemoryAllocation is not null || spec.CpuAffinity is not null || spec.MemoryAffinity is not null, "Resource"),
            (spec.ExtraConfig is { Count: > 0 }, "AdvancedConfig"),
            (spec.ManagedBy is not null, "ManagedBy"),
            (!string.IsNullOrEmpty(spec.SwapPlacement), "SwapPlacement"),
            (!string.IsNullOrEmpty(spec.Version), "UpgradeVirtualHardware"),
            (spec.GuestId is not null || spec.AlternateGuestName is not null || spec.Flags is not null || spec.Tools is not null
                || spec.BootOptions is not null || spec.Firmware is not null || spec.Uuid is not null || spec.InstanceUuid is not null
                || spec.CpuHotAddEnabled is not null || spec.CpuHotRemoveEnabled is not null || spec.MemoryHotAddEnabled is not null
                || spec.LatencySensitivity is not null, "Settings"),
        ];
        return parts.Where(part => part.IsChanged).Select(part => Prefix + part.Privilege);
    }

    private static string DevicePrivilege(VirtualDeviceConfigSpec change, VirtualDevice? before) => change switch
    {
        { Operation: VirtualDeviceConfigSpecOperation.Edit, Device: VirtualDisk disk } when before is VirtualDisk old && disk.CapacityInKB > old.CapacityInKB
            => Prefix + "DiskExtend",
        { Operation: VirtualDeviceConfigSpecOperation.Edit } when before is not null && OnlyConnects(change.Device, before)
            => "VirtualMachine.Interact.DeviceConnection",
        { Operation: VirtualDeviceConfigSpecOperation.Edit } => Prefix + "EditDevice",
        { Operation: VirtualDeviceConfigSpecOperation.Remove, Device: VirtualDisk } => Prefix + "RemoveDisk",
        { Device: VirtualDisk } => Prefix + DiskPrivilege(change),
        _ => Prefix + "AddRemoveDevice",
    };

    private static string DiskPrivilege(VirtualDeviceConfigSpec change)
        => change.FileOperation is VirtualDeviceConfigSpecFileOperation.Create or VirtualDeviceConfigSpecFileOperation.Replace ? "AddNewDisk" : "AddExistingDisk";

    /// <summary>Whether an edit leaves what is behind a device and says only whether it is connected.</summary>
    private static bool OnlyConnects(VirtualDevice device, VirtualDevice before)
        => device.Connectable is not null
            && device.GetType() == before.GetType()
            && Equals((device.Backing as VirtualDeviceFileBackingInfo)?.FileName, (before.Backing as VirtualDeviceFileBackingInfo)?.FileName)
            && device.Backing?.GetType() == before.Backing?.GetType()
            && device.Connectable.Connected != before.Connectable?.Connected;

    private static IEnumerable<string> NewFiles(IEnumerable<VirtualDeviceConfigSpec> changes)
        => changes.Where(change => change.FileOperation == VirtualDeviceConfigSpecFileOperation.Create)
            .Select(change => (change.Device.Backing as VirtualDeviceFileBackingInfo)?.FileName)
            .OfType<string>();

    private static IEnumerable<PrivilegeDemand> Networks(LabWorld world, IEnumerable<VirtualDeviceConfigSpec> changes)
    {
        var backings = new DeviceBackings(world);
        return changes
            .Where(change => change.Operation != VirtualDeviceConfigSpecOperation.Remove && change.Device is VirtualEthernetCard)
            .Select(change => backings.NetworkOf(change.Device.Backing))
            .OfType<NetworkEntity>()
            .Distinct()
            .Select(network => new PrivilegeDemand(network.Reference, "Network.Assign"));
    }
}
