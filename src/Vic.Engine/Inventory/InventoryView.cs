using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Reads objects below a container through a view: one round trip for any number of types.</summary>
internal static class InventoryView
{
    /// <summary>Reads the given types with all that derive from them, anywhere below the root.</summary>
    public static async Task<List<InventoryEntity>> ReadAsync(
        VimClient client, IReadOnlyList<PropertySpec> properties, CancellationToken cancellationToken)
    {
        var view = new View(client, await CreateAsync(client, properties, cancellationToken).ConfigureAwait(false));
        try
        {
            var filter = new PropertyFilterSpec
            {
                PropSet = [.. properties],
                ObjectSet =
                [
                    new ObjectSpec
                    {
                        Obj = view.Reference,
                        Skip = true,
                        SelectSet = [new TraversalSpec { Type = "ContainerView", Path = "view", Skip = false }],
                    },
                ],
            };
            var found = await client.RetrieveAsync(filter, cancellationToken).ConfigureAwait(false);
            return found.ConvertAll(item => new InventoryEntity(item));
        }
        finally
        {
            // A view that is left behind lives as long as the session, so it goes even when the caller has given up.
            await view.DestroyViewAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Reads properties of one object.</summary>
    public static async Task<InventoryEntity> ReadAsync(
        VimClient client, ManagedObjectReference reference, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        new(await client.RetrieveAsync(reference, paths, cancellationToken).ConfigureAwait(false));

    private static Task<ManagedObjectReference> CreateAsync(
        VimClient client, IReadOnlyList<PropertySpec> properties, CancellationToken cancellationToken) =>
        new ViewManager(client, client.Content.ViewManager!.Value).CreateContainerViewAsync(
            client.Content.RootFolder, recursive: true, properties.Select(spec => spec.Type).ToList(), cancellationToken);
}
