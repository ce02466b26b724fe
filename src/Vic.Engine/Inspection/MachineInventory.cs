using Vic.Configuration;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Reads virtual machines with their guest configuration.</summary>
internal static class MachineInventory
{
    public static readonly PropertySpec Properties = new()
    {
        Type = "VirtualMachine",
        PathSet = ["name", "parent", "resourcePool", "runtime.powerState", "config.uuid", "config.files.vmPathName", "config.extraConfig"],
    };

    public static Task<List<InventoryEntity>> ReadAsync(VimClient client, CancellationToken cancellationToken) =>
        InventoryView.ReadAsync(client, [Properties], cancellationToken);

    /// <summary>The guest keys of a machine.</summary>
    public static IReadOnlyDictionary<string, string> Keys(InventoryEntity machine) => Keys(machine.Get<IReadOnlyList<OptionValue>>("config.extraConfig"));

    public static IReadOnlyDictionary<string, string> Keys(IReadOnlyList<OptionValue>? options)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options ?? [])
        {
            if (option.Value is string text)
            {
                keys[option.Key] = text;
            }
        }

        return keys;
    }

    /// <summary>The machine's configuration as a VCH; null when it is none, or carries somebody else's identity, as a clone does.</summary>
    public static VirtualContainerHostConfiguration? ReadHost(InventoryEntity machine, IReadOnlyDictionary<string, string> keys)
    {
        if (!keys.TryGetValue(GuestInfoNames.HostId, out var id) || id != machine.Reference.ToString())
        {
            return null;
        }

        try
        {
            return VirtualContainerHostConfiguration.Read(new GuestInfoReader(keys));
        }
        catch (GuestConfigurationException)
        {
            // A damaged configuration must not hide all the others.
            return null;
        }
    }

    public static string PowerState(InventoryEntity machine) => machine.GetValue<VirtualMachinePowerState>("runtime.powerState") switch
    {
        VirtualMachinePowerState.PoweredOn => "PoweredOn",
        VirtualMachinePowerState.Suspended => "Suspended",
        _ => "PoweredOff",
    };

    public static DateTimeOffset? Time(long nanoseconds) =>
        nanoseconds <= 0 ? null : DateTimeOffset.FromUnixTimeSeconds(0).AddTicks(nanoseconds / 100);
}
