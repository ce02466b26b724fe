using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Finds the cluster, host or pool that a VCH is created in.</summary>
internal sealed class ComputeResolver(VimClient client, InventorySnapshot inventory, InventoryResolver resolver, CheckList checks)
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

        var resources = Within(datacenter, inventory.OfType("ComputeResource", "ClusterComputeResource"));
        var pools = Within(datacenter, inventory.OfType("ResourcePool")).Where(pool => !IsRoot(pool) && VAppOf(pool) is null);
        var unsuitable = Within(datacenter, inventory.OfType("HostSystem", "VirtualApp", "ResourcePool"));
        var chosen = request.Location is null
            ? resolver.One(Option, "cluster or host", selector: null, resources)
            : resolver.One(Option, "cluster, host or resource pool", request.Location, [.. resources, .. pools], unsuitable);
        return chosen is null ? null : Target(chosen, request);
    }

    private List<InventoryEntity> Within(InventoryEntity? datacenter, IReadOnlyList<InventoryEntity> entities) =>
        entities.Where(entity => datacenter is null || inventory.Lineage(entity).Contains(datacenter)).ToList();

    private InventoryEntity? VAppOf(InventoryEntity pool) => inventory.Lineage(pool).FirstOrDefault(entity => entity.Reference.Type == "VirtualApp");

    private bool IsRoot(InventoryEntity pool) => inventory.Find(pool.Parent)?.Reference.Type is "ComputeResource" or "ClusterComputeResource";

    private ComputeTarget? Target(InventoryEntity chosen, VchRequest request)
    {
        var resource = chosen.Reference.Type is "ResourcePool" or "VirtualApp"
            ? inventory.Find(chosen.GetReference("owner"))
            : inventory.Lineage(chosen).FirstOrDefault(entity => entity.Reference.Type is "ComputeResource" or "ClusterComputeResource");
        if (resource?.GetReference("resourcePool") is not { } root)
        {
            checks.Fail(Option, $"'{chosen}' has no resources.");
            return null;
        }

        if (chosen.Reference.Type == "HostSystem" && resource.Reference.Type == "ClusterComputeResource")
        {
            checks.Fail(Option, $"The host '{chosen}' belongs to the cluster '{resource}'; pass the cluster, vSphere chooses the host.");
            return null;
        }

        if (VAppOf(chosen) is { } vApp)
        {
            checks.Fail(
                Option, $"'{vApp}' is a vApp, which starts and stops what is in it as one; pass a cluster, a host, or a resource pool outside of it.");
            return null;
        }

        var hasPools = !client.IsVirtualCenter || (resource.Get<ClusterConfigInfoEx>("configurationEx")?.DrsConfig.Enabled ?? true);
        if (request.AsVApp && !(client.IsVirtualCenter && hasPools))
        {
            checks.Fail("AsVApp", "A vApp needs vCenter, and DRS in a cluster.");
        }

        var pool = chosen.Reference.Type == "ResourcePool" ? chosen.Reference : root;
        return new ComputeTarget(resource, pool, inventory.Find(resource.GetReferences("host")), hasPools);
    }
}
