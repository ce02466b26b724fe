using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Permissions;

/// <summary>The objects that a VCH works with and that are there without it, beside the root folder.</summary>
internal sealed record GrantScope
{
    private const string RootName = "the root folder";

    public required ManagedObjectReference Root { get; init; }

    public required InventoryEntity? Datacenter { get; init; }

    /// <summary>The cluster, or the compute resource of one host.</summary>
    public required InventoryEntity? Compute { get; init; }

    public required IReadOnlyList<InventoryEntity> Datastores { get; init; }

    public required IReadOnlyList<InventoryEntity> Networks { get; init; }

    /// <summary>Whether the VCH's machines join a DRS group of the cluster.</summary>
    public required bool UsesVmGroup { get; init; }

    /// <summary>False in a cluster without DRS.</summary>
    public required bool HasPools { get; init; }

    /// <summary>What a VCH that is to be created works with.</summary>
    public static GrantScope Of(VimClient client, VchPlan plan) => new()
    {
        Root = client.Content.RootFolder,
        Datacenter = plan.Datacenter,
        Compute = plan.Compute.Resource,
        Datastores = plan.VolumeStores.Values.Select(store => store.Datastore).OfType<InventoryEntity>().Prepend(plan.ImageStore).Distinct().ToList(),
        Networks = [.. plan.Bridge.Network is { } bridge ? [bridge] : Array.Empty<InventoryEntity>(), .. plan.ContainerNetworks.Select(mapped => mapped.Network)],
        UsesVmGroup = plan.Request.Compute.UseVmGroup,
        HasPools = plan.Compute.HasPools,
    };

    /// <summary>What a VCH works with by its configuration; what of it is not there any more is left out.</summary>
    public static GrantScope Of(VimClient client, VchInfo vch, InventorySnapshot inventory) => Of(client, vch, vch.Configuration, inventory);

    /// <summary>What a VCH works with by another configuration than it has.</summary>
    public static GrantScope Of(VimClient client, VchInfo vch, VirtualContainerHostConfiguration configuration, InventorySnapshot inventory)
    {
        var pool = inventory.Find(vch.Pool);
        var compute = inventory.Find(pool?.GetReference("owner"));
        var datacenter = compute is null ? null : inventory.DatacenterAbove(compute);
        var stores = configuration.Storage.ImageStores.Concat(configuration.Storage.VolumeLocations.Values)
            .Where(url => url.Scheme == "ds").Select(url => url.Host).ToList();
        return new GrantScope
        {
            Root = client.Content.RootFolder,
            Datacenter = datacenter,
            Compute = compute,
            Datastores = datacenter is null ? [] : inventory.OfType("Datastore")
                .Where(store => stores.Contains(store.Name) && inventory.Lineage(store).Contains(datacenter)).ToList(),
            Networks = inventory.Find(configuration.Network.ContainerNetworks.Values
                .Select(network => ManagedObjectReference.TryParse(network.Id, out var reference) ? reference : default)),
            UsesVmGroup = configuration.Containers.UseVmGroup,
            HasPools = pool is not null && pool.Parent != compute?.Reference,
        };
    }

    /// <summary>What the endpoint's account needs on these objects.</summary>
    public IReadOnlyList<PermissionGrant> Grants()
    {
        var grants = new List<PermissionGrant> { new(OperationsRole.VCenter, RootName, Root, propagates: false) };
        Add(OperationsRole.Datacenter, Datacenter, propagates: true);
        Add(UsesVmGroup ? OperationsRole.DatastoreVmGroup : HasPools ? OperationsRole.Datastore : OperationsRole.EndpointDatastore, Compute, propagates: true);
        foreach (var store in Datastores)
        {
            Add(OperationsRole.Datastore, store, propagates: false);
        }

        foreach (var network in Networks)
        {
            Add(OperationsRole.Network, network, propagates: true);
        }

        return grants;

        void Add(OperationsRole role, InventoryEntity? entity, bool propagates)
        {
            if (entity is not null)
            {
                grants.Add(new PermissionGrant(role, $"'{entity}'", entity.Reference, propagates));
            }
        }
    }
}
