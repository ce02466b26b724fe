using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>
/// Removes the images of one VCH from a folder of their own, <c>folder/VIC/uuid</c> (vmware/vic, lib/portlayer/storage), with the folders above it that
/// are empty then: other VCHs may share them.
/// </summary>
/// <param name="client">The session.</param>
/// <param name="datacenter">The datacenter of the datastore.</param>
/// <param name="store">The folder in the image store.</param>
/// <param name="browser">The browser of the datastore.</param>
internal sealed class ImageRemoval(VimClient client, ManagedObjectReference datacenter, DatastoreFolder store, ManagedObjectReference browser)
{
    private const string Family = "VIC";

    private readonly DatastoreFolders _folders = new(client, datacenter);
    private bool _isUsed;

    /// <summary>Removes the images of a VCH that may never have stored any: then a folder that was there before it stays, empty as it is.</summary>
    public async Task RemoveIfUsedAsync(string uuid, CancellationToken cancellationToken)
    {
        // Asked before anything is removed, and remembered: a later attempt finds less.
        _isUsed = _isUsed || await _folders.CountAsync(store.Child(Family), browser, cancellationToken).ConfigureAwait(false) is not null;
        if (_isUsed)
        {
            await RemoveAsync(uuid, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the images; a later call goes on where one before broke off.</summary>
    /// <param name="uuid">The BIOS UUID of the endpoint VM.</param>
    /// <param name="cancellationToken">Stops between two folders.</param>
    public async Task RemoveAsync(string uuid, CancellationToken cancellationToken)
    {
        var family = store.Child(Family);
        await _folders.RemoveAsync(family.Child(uuid), cancellationToken).ConfigureAwait(false);
        await _folders.RemoveEmptyUpwardsAsync(family, browser, cancellationToken).ConfigureAwait(false);
    }
}
