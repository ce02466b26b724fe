using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Finds the cluster, host or pool that a VCH is created in.</summary>
internal sealed class ComputeResolver(VimClient client, InventorySnapshot inventory, InventoryResolver resolver, ProblemList problems)
{
    private const string Option = "Location";

    public ComputeTarget? Resolve(VchRequest request)
    {
        var datacenters = inventory.OfType("Datacenter");
        var datacenter = request.Datacenter is null
            ? null
            : resolver.One("Datacenter", "datacenter", request.Datacenter, datacenters);
        if (request.Datacenter is not null && datacenter is null)
        {
            return null;
        }

        var candidates = Candidates(request.Location is null)
            .Where(entity => datacenter is null || inventory.Lineage(entity).Contains(datacenter)).ToList();
        var chosen = resolver.One(Option, "cluster, host or resource pool", request.Location, candidates);
        return chosen is null ? null : Target(chosen);
    }

    private List<InventoryEntity> Candidates(bool onlyWholeResources)
    {
        var resources = inventory.OfType("ComputeResource", "ClusterComputeResource");
        return onlyWholeResources
            ? [.. resources]
            : [.. resources, .. inventory.OfType("ResourcePool", "VirtualApp").Where(pool => !IsRoot(pool)), .. HostsThatAreNotResources(resources)];
    }

    // A host outside a cluster has a compute resource of the same name: by name it means that one.
    private IEnumerable<InventoryEntity> HostsThatAreNotResources(IReadOnlyList<InventoryEntity> resources) =>
        inventory.OfType("HostSystem").Where(host => resources.All(resource => resource.Name != host.Name));

    private bool IsRoot(InventoryEntity pool) => inventory.Find(pool.Parent)?.Reference.Type is "ComputeResource" or "ClusterComputeResource";

    private ComputeTarget? Target(InventoryEntity chosen)
    {
        var resource = chosen.Reference.Type is "ResourcePool" or "VirtualApp"
            ? inventory.Find(chosen.GetReference("owner"))
            : inventory.Lineage(chosen).FirstOrDefault(entity => entity.Reference.Type is "ComputeResource" or "ClusterComputeResource");
        if (resource?.GetReference("resourcePool") is not { } root)
        {
            problems.Add(Option, $"'{chosen}' has no resources.");
            return null;
        }

        if (chosen.Reference.Type == "HostSystem" && resource.Reference.Type == "ClusterComputeResource")
        {
            problems.Add(Option, $"The host '{chosen}' belongs to the cluster '{resource}'; pass the cluster, vSphere chooses the host.");
            return null;
        }

        var hosts = inventory.Find(resource.GetReferences("host"));
        var hasDrs = resource.Get<ClusterConfigInfoEx>("configurationEx")?.DrsConfig.Enabled ?? true;
        var pool = chosen.Reference.Type is "ResourcePool" or "VirtualApp" ? chosen.Reference : root;
        return new ComputeTarget(resource, pool, hosts, hasDrs || !client.IsVirtualCenter);
    }
}
