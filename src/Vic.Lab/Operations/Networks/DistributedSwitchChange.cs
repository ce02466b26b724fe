using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Networks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Networks;

/// <summary>Applies a specification to a distributed switch's configuration. Under the store's lock.</summary>
internal static class DistributedSwitchChange
{
    /// <summary>The changed configuration: a new object with the next version.</summary>
    /// <exception cref="VimFaultException">The version is old, or a host is unknown, a member already or none, or still has machines on the switch.</exception>
    public static VMwareDVSConfigInfo Apply(LabWorld world, SwitchEntity dvs, DVSConfigSpec spec)
    {
        var old = dvs.Config;
        if (!string.IsNullOrEmpty(spec.ConfigVersion) && spec.ConfigVersion != old.ConfigVersion)
        {
            throw Faults.ConcurrentAccess();
        }

        if (spec.MaxPorts is { } most && most < old.NumPorts)
        {
            throw Faults.InvalidArgument("spec.maxPorts", "The switch has more ports already.");
        }

        var config = old.ShallowClone();
        config.ConfigVersion = (int.Parse(old.ConfigVersion, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        config.Name = string.IsNullOrEmpty(spec.Name) ? old.Name : OperationText.CheckName(spec.Name);
        config.NumStandalonePorts = spec.NumStandalonePorts ?? old.NumStandalonePorts;
        config.MaxPorts = spec.MaxPorts ?? old.MaxPorts;
        config.UplinkPortPolicy = spec.UplinkPortPolicy ?? old.UplinkPortPolicy;
        config.UplinkPortgroup = spec.UplinkPortgroup ?? old.UplinkPortgroup;
        config.DefaultPortConfig = spec.DefaultPortConfig ?? old.DefaultPortConfig;
        config.ExtensionKey = spec.ExtensionKey ?? old.ExtensionKey;
        config.Description = spec.Description ?? old.Description;
        config.Policy = spec.Policy ?? old.Policy;
        config.Contact = spec.Contact ?? old.Contact;
        config.SwitchIpAddress = spec.SwitchIpAddress ?? old.SwitchIpAddress;
        config.Host = Members(world, dvs, spec.Host);
        if (spec is VMwareDVSConfigSpec vmware)
        {
            config.MaxMtu = vmware.MaxMtu ?? old.MaxMtu;
            config.LinkDiscoveryProtocolConfig = vmware.LinkDiscoveryProtocolConfig ?? old.LinkDiscoveryProtocolConfig;
            config.LacpApiVersion = vmware.LacpApiVersion ?? old.LacpApiVersion;
            config.MulticastFilteringMode = vmware.MulticastFilteringMode ?? old.MulticastFilteringMode;
        }

        return config;
    }

    private static List<DistributedVirtualSwitchHostMember> Members(
        LabWorld world, SwitchEntity dvs, List<DistributedVirtualSwitchHostMemberConfigSpec>? changes)
    {
        var members = new List<DistributedVirtualSwitchHostMember>(dvs.Config.Host ?? []);
        foreach (var change in changes ?? [])
        {
            var host = world.Get<HostEntity>(change.Host);
            var index = members.FindIndex(member => member.Config.Host == change.Host);
            switch (change.Operation)
            {
                case "add" when index >= 0:
                    throw Faults.AlreadyExists(host.Name);
                case "add":
                    members.Add(SwitchEntity.Member(change.Host, change));
                    break;
                case "edit" or "remove" when index < 0:
                    throw Faults.NotFound($"The host '{host.Name}' on the switch '{dvs.Name}'");
                case "edit":
                    members[index] = SwitchEntity.Member(change.Host, change);
                    break;
                case "remove" when dvs.Groups.FirstOrDefault(group => NetworkMembership.IsUsedOn(world.Store, group, host)) is { } used:
                    throw Faults.ResourceInUse(used.Reference.Type, used.Name);
                case "remove":
                    members.RemoveAt(index);
                    break;
                default:
                    throw Faults.InvalidArgument("spec.host.operation", "A member's operation is add, edit or remove.");
            }
        }

        return members;
    }
}
