using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Networks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Networks;

/// <summary>Finds ports of a distributed switch, and says who is connected. Under the store's lock.</summary>
internal static class DistributedPortQuery
{
    public static List<DistributedVirtualPort> Run(LabWorld world, SwitchEntity dvs, DistributedVirtualSwitchPortCriteria? criteria)
        => [.. dvs.Groups
            .Where(group => IsAsked(group, criteria))
            .SelectMany(group => PortConnections.Of(world, group).Select(port => Describe(group, port)))
            .Where(port => IsAsked(port, criteria))];

    private static bool IsAsked(PortGroupEntity group, DistributedVirtualSwitchPortCriteria? criteria)
        => (criteria?.UplinkPort is not { } uplink || uplink == (group.Config.Uplink == true))
            && (criteria?.PortgroupKey is not { Count: > 0 } keys || keys.Contains(group.Config.Key) == (criteria.Inside ?? true))
            && (criteria?.Scope is not { } scope || group.Config.Scope?.Contains(scope) == true);

    private static bool IsAsked(DistributedVirtualPort port, DistributedVirtualSwitchPortCriteria? criteria)
        => (criteria?.Connected is not { } connected || connected == port.Connectee is not null)
            && (criteria?.Active is not { } active || active == (port.State?.RuntimeInfo?.LinkUp == true))
            && (criteria?.PortKey is not { Count: > 0 } keys || keys.Contains(port.Key))
            && (criteria?.Host is not { Count: > 0 } hosts || (port.ProxyHost is { } host && hosts.Contains(host)));

    private static DistributedVirtualPort Describe(
        PortGroupEntity group, (string Key, VirtualMachineEntity? Machine, int AdapterKey, DistributedPort? Fixed) port)
    {
        var card = (port.Machine?.Config.Hardware.Device ?? []).OfType<VirtualEthernetCard>().FirstOrDefault(card => card.Key == port.AdapterKey);
        var isUp = port.Machine?.PowerState == VirtualMachinePowerState.PoweredOn && card?.Connectable?.Connected != false;
        return new DistributedVirtualPort
        {
            Key = port.Key,
            Config = new DVPortConfigInfo { Name = string.Empty, ConfigVersion = "0", Setting = group.Config.DefaultPortConfig },
            DvsUuid = group.Switch.Uuid,
            PortgroupKey = group.Config.Key,
            ProxyHost = port.Machine?.Host,
            Connectee = port.Machine is null ? null : new DistributedVirtualSwitchPortConnectee
            {
                ConnectedEntity = port.Machine.Reference,
                NicKey = port.AdapterKey.ToString(CultureInfo.InvariantCulture),
                Type = "vmVnic",
            },
            Conflict = false,
            ConnectionCookie = port.Fixed?.ConnectionCookie,
            LastStatusChange = port.Fixed?.LastStatusChange ?? port.Machine?.Runtime.BootTime ?? DateTime.UtcNow,
            State = port.Machine is null ? null : new DVPortState
            {
                RuntimeInfo = new DVPortStatus { LinkUp = isUp, Blocked = false, MacAddress = card?.MacAddress },
            },
        };
    }
}
