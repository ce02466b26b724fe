using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Everything that a deployment may name, read at once.</summary>
internal sealed class InventorySnapshot
{
    private static readonly PropertySpec[] Properties =
    [
        Spec("Folder", "name", "parent"),
        Spec("Datacenter", "name", "parent", "vmFolder", "networkFolder"),
        Spec("ComputeResource", "name", "parent", "resourcePool", "host", "datastore", "network"),
        Spec("ClusterComputeResource", "name", "parent", "resourcePool", "host", "datastore", "network", "configurationEx"),
        Spec(
            "HostSystem",
            "name", "parent", "configManager.networkSystem", "datastore", "network", "runtime.connectionState", "runtime.inMaintenanceMode",
            "summary.hardware.memorySize", "summary.quickStats.overallMemoryUsage",
            "summary.managementServerIp", "config.firewall", "configManager.firewallSystem"),
        Spec("ResourcePool", "name", "parent", "owner"),
        Spec("VirtualApp", "name", "parent", "owner"),
        Spec("Datastore", "name", "parent", "summary.accessible", "summary.freeSpace", "summary.capacity", "browser"),
        Spec("Network", "name", "parent"),
        Spec("OpaqueNetwork", "name", "parent", "summary"),
        Spec("DistributedVirtualPortgroup", "name", "parent", "key", "config.distributedVirtualSwitch", "config.uplink"),
        Spec("DistributedVirtualSwitch", "name", "parent", "uuid"),
    ];

    private readonly Dictionary<ManagedObjectReference, InventoryEntity> _entities;

    private InventorySnapshot(IEnumerable<InventoryEntity> entities) => _entities = entities.ToDictionary(entity => entity.Reference);

    public static async Task<InventorySnapshot> ReadAsync(VimClient client, CancellationToken cancellationToken) =>
        new(await InventoryView.ReadAsync(client, Properties, cancellationToken).ConfigureAwait(false));

    public InventoryEntity? Find(ManagedObjectReference? reference) =>
        reference is { } key && _entities.TryGetValue(key, out var entity) ? entity : null;

    public IReadOnlyList<InventoryEntity> Find(IEnumerable<ManagedObjectReference> references) =>
        references.Select(reference => Find(reference)).OfType<InventoryEntity>().ToList();

    public IReadOnlyList<InventoryEntity> OfType(params string[] types) =>
        _entities.Values.Where(entity => types.Contains(entity.Reference.Type)).OrderBy(entity => entity.Name, StringComparer.Ordinal).ToList();

    /// <summary>What looks into a datastore; null when there is none of this name.</summary>
    public ManagedObjectReference? BrowserOf(string datastore) =>
        OfType("Datastore").FirstOrDefault(entity => entity.Name == datastore)?.GetReference("browser");

    /// <summary>The entity itself, then its parents up to the root.</summary>
    public IEnumerable<InventoryEntity> Lineage(InventoryEntity entity)
    {
        for (var current = entity; current is not null; current = Find(current.Parent))
        {
            yield return current;
        }
    }

    /// <summary>The names from the datacenter down, with slashes; without the folders and pools that vSphere hides from users.</summary>
    public string PathOf(InventoryEntity entity)
    {
        if (entity.Reference.Type == "Datacenter")
        {
            return entity.Name;
        }

        var names = Lineage(entity).TakeWhile(parent => parent.Reference.Type != "Datacenter")
            .Where(parent => !IsHidden(parent)).Select(parent => parent.Name).Reverse();
        return string.Join("/", names);
    }

    /// <summary>The datacenter that an entity is below, or is; null when that cannot be seen.</summary>
    public InventoryEntity? DatacenterAbove(InventoryEntity entity) => Lineage(entity).FirstOrDefault(above => above.Reference.Type == "Datacenter");

    /// <summary>The datacenter of a virtual machine; one in a vApp is in no folder, but its pool is below a datacenter, too.</summary>
    public InventoryEntity DatacenterOf(InventoryEntity machine)
    {
        var above = Find(machine.Parent) ?? Find(machine.GetReference("resourcePool"));
        return (above is null ? OfType("Datacenter").Single() : DatacenterAbove(above))
            ?? throw new InvalidOperationException($"'{machine.Name}' is below no datacenter");
    }

    /// <summary>The names from the root down to a datacenter.</summary>
    public string DatacenterPath(InventoryEntity datacenter) =>
        string.Join("/", Lineage(datacenter).Select(entity => entity.Name).Reverse());

    private bool IsHidden(InventoryEntity entity) => entity.Reference.Type switch
    {
        "Folder" => Find(entity.Parent)?.Reference.Type is null or "Datacenter",
        "ResourcePool" => Find(entity.Parent)?.Reference.Type is "ComputeResource" or "ClusterComputeResource",
        _ => false,
    };

    private static PropertySpec Spec(string type, params string[] paths) => new() { Type = type, PathSet = [.. paths] };
}
