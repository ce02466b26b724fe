using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Applies what a specification says, other than its devices, to a configuration.</summary>
internal static class ConfigurationChange
{
    /// <summary>Guests and the .vmx file know this variable; clients of the API never see it.</summary>
    public const string HiddenVariable = "guestinfo.ovfEnv";

    private const int NameLimit = 80;
    private const int VariableLimit = 1 << 20;

    /// <summary>The changed configuration: a new object with a new changeVersion.</summary>
    public static VirtualMachineConfigInfo Apply(VirtualMachineConfigInfo config, VirtualMachineConfigSpec spec)
    {
        Validate(spec);
        var changed = config.ShallowClone();
        changed.ChangeVersion = NextVersion(config.ChangeVersion);
        changed.Modified = DateTime.UtcNow;
        changed.Name = string.IsNullOrEmpty(spec.Name) ? config.Name : spec.Name;
        changed.Version = spec.Version ?? config.Version;
        changed.Uuid = CheckUuid(spec.Uuid) ?? config.Uuid;
        changed.InstanceUuid = CheckUuid(spec.InstanceUuid) ?? config.InstanceUuid;
        changed.GuestId = spec.GuestId ?? config.GuestId;
        changed.GuestFullName = spec.GuestId is { } id ? VirtualMachineDefaults.GuestFullName(id) : config.GuestFullName;
        changed.AlternateGuestName = spec.AlternateGuestName ?? config.AlternateGuestName;
        if (changed.AlternateGuestName.Length > 0)
        {
            changed.GuestFullName = changed.AlternateGuestName;
        }

        changed.Annotation = spec.Annotation ?? config.Annotation;
        changed.ManagedBy = spec.ManagedBy ?? config.ManagedBy;
        changed.Firmware = spec.Firmware ?? config.Firmware;
        changed.BootOptions = spec.BootOptions ?? config.BootOptions;
        changed.Flags = spec.Flags ?? config.Flags;
        changed.Tools = spec.Tools ?? config.Tools;
        changed.CpuHotAddEnabled = spec.CpuHotAddEnabled ?? config.CpuHotAddEnabled;
        changed.CpuHotRemoveEnabled = spec.CpuHotRemoveEnabled ?? config.CpuHotRemoveEnabled;
        changed.MemoryHotAddEnabled = spec.MemoryHotAddEnabled ?? config.MemoryHotAddEnabled;
        changed.LatencySensitivity = spec.LatencySensitivity ?? config.LatencySensitivity;
        changed.CpuAllocation = ResourceAllocations.Merge(config.CpuAllocation, spec.CpuAllocation, 1000);
        changed.MemoryAllocation = ResourceAllocations.Merge(config.MemoryAllocation, spec.MemoryAllocation, 10 * config.Hardware.MemoryMB);
        ResourceAllocations.Check(changed.CpuAllocation, "spec.cpuAllocation");
        ResourceAllocations.Check(changed.MemoryAllocation, "spec.memoryAllocation");
        var hardware = config.Hardware.ShallowClone();
        hardware.NumCPU = spec.NumCPUs ?? hardware.NumCPU;
        hardware.NumCoresPerSocket = spec.NumCoresPerSocket ?? hardware.NumCoresPerSocket;
        hardware.MemoryMB = (int)(spec.MemoryMB ?? hardware.MemoryMB);
        changed.Hardware = hardware;
        return changed;
    }

    /// <summary>The variables that a specification sets or removes, the hidden one apart.</summary>
    public static (List<KeyValuePair<string, string>> Visible, string? Hidden) Variables(VirtualMachineConfigSpec spec)
    {
        var visible = new List<KeyValuePair<string, string>>();
        string? hidden = null;
        foreach (var option in spec.ExtraConfig ?? [])
        {
            var value = Convert.ToString(option.Value, CultureInfo.InvariantCulture) ?? string.Empty;
            if (option.Key.Length == 0 || value.Length > VariableLimit)
            {
                throw Faults.InvalidArgument("extraConfig", $"The key '{option.Key}' is empty or its value too long.");
            }

            if (option.Key == HiddenVariable)
            {
                hidden = value;
            }
            else
            {
                visible.Add(new(option.Key, value));
            }
        }

        return (visible, hidden);
    }

    private static void Validate(VirtualMachineConfigSpec spec)
    {
        if (spec.Name is { Length: > NameLimit })
        {
            throw Faults.InvalidName(spec.Name);
        }

        if (spec.NumCPUs is < 1 or > 768)
        {
            throw Faults.InvalidArgument("numCPUs", "A virtual machine has 1 to 768 processors.");
        }

        if (spec.MemoryMB is < 4 or > 25_165_824)
        {
            throw Faults.InvalidArgument("memoryMB", "A virtual machine has 4 to 25165824 MB of memory.");
        }
    }

    /// <summary>Checks a uuid, and gives it in lower case with dashes; null when there is none.</summary>
    public static string? CheckUuid(string? text) => string.IsNullOrEmpty(text)
        ? null
        : Guid.TryParse(text, out var uuid) ? uuid.ToString("D") : throw Faults.InvalidArgument("uuid", $"'{text}' is not a uuid.");

    /// <summary>A time that is always later than the one before, as text like vSphere's.</summary>
    public static string NextVersion(string before)
    {
        var now = DateTime.UtcNow;
        if (DateTime.TryParse(before, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var last)
            && now <= last)
        {
            now = last.AddTicks(10);
        }

        return now.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }
}
