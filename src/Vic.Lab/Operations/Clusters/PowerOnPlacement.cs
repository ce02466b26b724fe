using Vic.Lab.Inventory;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Vim25;

namespace Vic.Lab.Operations.Clusters;

/// <summary>On which host a virtual machine starts. Under the store's lock.</summary>
internal static class PowerOnPlacement
{
    /// <summary>The host that was asked for; else the one that DRS chooses; without DRS the machine's own.</summary>
    /// <exception cref="VimFaultException">The host is not available, of another compute resource, or against a rule; or there is none.</exception>
    public static HostEntity Choose(LabWorld world, VirtualMachineEntity machine, ManagedObjectReference? asked)
    {
        // A machine of a host that is gone is gone with it until the host is back, or HA has moved it.
        if (machine.Host is { } own && world.Store.Find<HostEntity>(own) is { Runtime.ConnectionState: not HostSystemConnectionState.Connected } gone)
        {
            gone.CheckAvailable();
        }

        var pool = world.Get<ResourcePoolEntity>(machine.Pool!.Value);
        if (world.Get<ComputeResourceEntity>(pool.Owner) is not ClusterEntity { Configuration.DrsConfig.Enabled: true } cluster)
        {
            return VirtualMachinePlacement.ChooseHost(world, pool, asked ?? machine.Host);
        }

        var rules = new PlacementRules(world, cluster);
        if (asked is null)
        {
            return rules.Choose(machine);
        }

        var host = VirtualMachinePlacement.ChooseHost(world, pool, asked);
        rules.Check(machine, host);
        return host;
    }
}
