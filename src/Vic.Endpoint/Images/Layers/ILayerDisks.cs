namespace Vic.Endpoint.Images.Layers;

/// <summary>The disks that layers are kept on: each is a child of its parent layer's, the lowest a child of an empty one.</summary>
internal interface ILayerDisks
{
    /// <summary>Prepares the store, removes what an interrupted write left, and gives the layers that are whole.</summary>
    Task<IReadOnlyCollection<string>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>The disk of a layer, <c>[datastore] path/layer.vmdk</c>; null means the empty disk below all layers.</summary>
    string PathOf(string? layer);

    /// <summary>
    /// Makes the disk of a layer: shows <paramref name="fill"/> a directory with the parent's content, and keeps what it makes of it.
    /// When it fails or is cancelled, nothing is left. Gives what <paramref name="fill"/> gave.
    /// </summary>
    Task<long> AddAsync(string layer, string? parent, Func<string, CancellationToken, Task<long>> fill, CancellationToken cancellationToken);

    /// <summary>Removes the disk of a layer that has no children.</summary>
    Task RemoveAsync(string layer, CancellationToken cancellationToken);
}
