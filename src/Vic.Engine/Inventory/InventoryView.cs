using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Reads objects below a container through a view: one round trip for any number of types.</summary>
internal static class InventoryView
{
    /// <summary>Reads the given types with all that derive from them, anywhere below the root.</summary>
    public static async Task<List<InventoryEntity>> ReadAsync(
        VimClient client, IReadOnlyList<PropertySpec> properties, CancellationToken cancellationToken)
    {
        var found = await client.RetrieveAllAsync(properties, cancellationToken: cancellationToken).ConfigureAwait(false);
        return found.ConvertAll(item => new InventoryEntity(item));
    }

    /// <summary>The child of a name below an entity; null when there is none.</summary>
    public static Task<ManagedObjectReference?> FindChildAsync(
        VimClient client, ManagedObjectReference parent, string name, CancellationToken cancellationToken) =>
        new SearchIndex(client, client.Content.SearchIndex!.Value).FindChildAsync(parent, name, cancellationToken);

    /// <summary>Reads properties of one object.</summary>
    public static async Task<InventoryEntity> ReadAsync(
        VimClient client, ManagedObjectReference reference, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        new(await client.RetrieveAsync(reference, paths, cancellationToken).ConfigureAwait(false));
}
