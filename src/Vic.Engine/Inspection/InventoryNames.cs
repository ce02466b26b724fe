using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Lists the names of an inventory, for a user to choose from.</summary>
public sealed class InventoryNames
{
    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public InventoryNames(VimClient client) => _client = client;

    /// <summary>The names of everything of a kind, each once, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(InventoryKind kind, CancellationToken cancellationToken)
    {
        var specs = Types(kind).Select(type => new PropertySpec { Type = type, PathSet = Paths(type) }).ToList();
        var found = await InventoryView.ReadAsync(_client, specs, cancellationToken).ConfigureAwait(false);
        return found.Where(IsForUsers).Select(entity => entity.Name).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static string[] Types(InventoryKind kind) => kind switch
    {
        InventoryKind.Location => ["ComputeResource", "HostSystem", "ResourcePool"],
        InventoryKind.ComputeResource => ["ComputeResource", "HostSystem"],
        InventoryKind.Datacenter => ["Datacenter"],
        InventoryKind.Datastore => ["Datastore"],
        _ => ["Network", "DistributedVirtualPortgroup"],
    };

    private static List<string> Paths(string type) => type switch
    {
        "ResourcePool" => ["name", "parent"],
        "DistributedVirtualPortgroup" => ["name", "config.uplink"],
        _ => ["name"],
    };

    // Root pools stand for their cluster, and nothing is connected to an uplink.
    private static bool IsForUsers(InventoryEntity entity) =>
        entity.Parent?.Type is not ("ComputeResource" or "ClusterComputeResource") && entity.GetValue<bool>("config.uplink") is not true;
}
