namespace Vic.Lab.Inventory.Networks;

/// <summary>Which hosts, and so which compute resources, see a network. Under the store's lock.</summary>
internal static class NetworkMembership
{
    public static void Join(InventoryStore store, NetworkEntity network, HostEntity host)
    {
        host.AddReference("network", network.Reference);
        network.AddReference("host", host.Reference);
        store.Find<ComputeResourceEntity>(host.Parent!.Value)!.AddReference("network", network.Reference);
    }

    public static void Leave(InventoryStore store, NetworkEntity network, HostEntity host)
    {
        host.RemoveReference("network", network.Reference);
        network.RemoveReference("host", host.Reference);
        var compute = store.Find<ComputeResourceEntity>(host.Parent!.Value)!;
        if (!compute.Hosts.Intersect(network.References("host")).Any())
        {
            compute.RemoveReference("network", network.Reference);
        }
    }

    /// <summary>Takes a network that no host has any more, or that goes with its switch, out of the inventory.</summary>
    public static void Remove(LabWorld world, NetworkEntity network)
    {
        foreach (var host in network.References("host").Select(world.Store.Find<HostEntity>).OfType<HostEntity>().ToList())
        {
            Leave(world.Store, network, host);
        }

        world.Datacenter.RemoveReference("network", network.Reference);
        if (network.Parent is { } folder)
        {
            world.Store.Find<FolderEntity>(folder)?.RemoveReference("childEntity", network.Reference);
        }

        world.Store.Remove(network);
    }

    /// <summary>The virtual machines on a host that are connected to a network.</summary>
    public static bool IsUsedOn(InventoryStore store, NetworkEntity network, HostEntity host)
        => network.References("vm").Any(machine => store.Find<VirtualMachineEntity>(machine)?.Host == host.Reference);
}
