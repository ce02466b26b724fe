using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Networks;

/// <summary>Applies a specification to a distributed port group's configuration. Under the store's lock.</summary>
internal static class PortGroupChange
{
    private const int PortLimit = 60_000;

    /// <summary>The configuration of a new group.</summary>
    /// <exception cref="VimFaultException">The specification is wrong.</exception>
    public static DVPortgroupConfigInfo New(DVPortgroupConfigSpec spec)
    {
        var config = Merge(PortGroupEntity.DefaultConfig(), spec);

        // What the client says of the number of ports is meant, unless it says that the group may grow.
        config.AutoExpand = spec.AutoExpand ?? (config.Type == "earlyBinding" && spec.NumPorts is null);
        return config;
    }

    /// <exception cref="VimFaultException">The version is old, the specification is wrong, or more ports are connected than would be left.</exception>
    public static void Apply(PortGroupEntity group, DVPortgroupConfigSpec spec)
    {
        var old = group.Config;
        if (!string.IsNullOrEmpty(spec.ConfigVersion) && spec.ConfigVersion != old.ConfigVersion)
        {
            throw Faults.ConcurrentAccess();
        }

        var connected = group.Ports.Count(port => port.Machine is not null);
        if ((spec.NumPorts is { } count && count < connected)
            || (spec.Type is { } type && type != old.Type && group.References("vm").Count > 0))
        {
            throw Faults.ResourceInUse(group.Reference.Type, group.Name);
        }

        var config = Merge(old, spec);
        config.ConfigVersion = (int.Parse(old.ConfigVersion ?? "0", CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        config.Name = string.IsNullOrEmpty(spec.Name) ? old.Name : OperationText.CheckName(spec.Name);
        group.Config = config;
        group.Rename(config.Name);
        group.Resize(config.NumPorts);
    }

    private static DVPortgroupConfigInfo Merge(DVPortgroupConfigInfo old, DVPortgroupConfigSpec spec)
    {
        if (spec.Type is not (null or "earlyBinding" or "lateBinding" or "ephemeral"))
        {
            throw Faults.InvalidArgument("spec.type", "A port group's type is earlyBinding, lateBinding or ephemeral.");
        }

        if (spec.NumPorts is < 0 or > PortLimit)
        {
            throw Faults.InvalidArgument("spec.numPorts", "A port group has 0 to 60000 ports.");
        }

        CheckVlan((spec.DefaultPortConfig as VMwareDVSPortSetting)?.Vlan);
        var config = old.ShallowClone();
        config.NumPorts = spec.NumPorts ?? old.NumPorts;
        config.Type = spec.Type ?? old.Type;
        config.DefaultPortConfig = spec.DefaultPortConfig ?? old.DefaultPortConfig;
        config.Description = spec.Description ?? old.Description;
        config.Policy = spec.Policy ?? old.Policy;
        config.PortNameFormat = spec.PortNameFormat ?? old.PortNameFormat;
        config.Scope = spec.Scope ?? old.Scope;
        config.VendorSpecificConfig = spec.VendorSpecificConfig ?? old.VendorSpecificConfig;
        config.AutoExpand = spec.AutoExpand ?? old.AutoExpand;
        config.VmVnicNetworkResourcePoolKey = spec.VmVnicNetworkResourcePoolKey ?? old.VmVnicNetworkResourcePoolKey;
        return config;
    }

    private static void CheckVlan(VmwareDistributedVirtualSwitchVlanSpec? vlan)
    {
        var isWrong = vlan switch
        {
            VmwareDistributedVirtualSwitchVlanIdSpec id => id.VlanId is < 0 or > 4094,
            VmwareDistributedVirtualSwitchTrunkVlanSpec trunk
                => (trunk.VlanId ?? []).Exists(range => range.Start < 0 || range.End > 4094 || range.Start > range.End),
            _ => false,
        };
        if (isWrong)
        {
            throw Faults.InvalidArgument("spec.defaultPortConfig.vlan", "A VLAN id is 0 to 4094.");
        }
    }
}
