using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>Removes the volumes of a VCH from its volume stores, or tells which ones stay.</summary>
/// <param name="client">The session.</param>
/// <param name="inventory">The inventory, with the datastores.</param>
/// <param name="progress">Where steps and what stays are reported.</param>
internal sealed class VolumeRemoval(VimClient client, InventorySnapshot inventory, IProgress<StepProgress> progress)
{
    private readonly VchVolumes _volumes = new(client);

    /// <summary>Removes the volumes, and the folders of the stores that are empty then.</summary>
    /// <remarks>A store that another VCH has too stays as it is: whose its volumes are, nobody has noted.</remarks>
    public async Task RemoveAsync(VchInfo vch, IReadOnlyList<VchInfo> others, Leftovers left, CancellationToken cancellationToken)
    {
        var folders = new DatastoreFolders(client, inventory.DatacenterOf(vch.Machine).Reference);
        foreach (var (label, location) in Stores(vch))
        {
            if (others.FirstOrDefault(other => Stores(other).Any(store => store.Location.ToString() == location.ToString())) is { } sharer)
            {
                progress.Report(StepProgress.Warning($"The volume store '{label}' at {location} stays as it is: '{sharer.Name}' uses it too."));
            }
            else if (await DisksAsync(location, cancellationToken).ConfigureAwait(false) is { } disks)
            {
                progress.Report(new($"Removing the volumes of '{label}'"));
                var store = new DatastoreFolder(location.Host, location.Path.Trim('/'));
                foreach (var disk in disks)
                {
                    var folder = DatastoreFolder.OfFile($"{disk.Folder}/{disk.Name}");
                    await left.RemoveAsync($"the volume '{folder}'", token => folders.RemoveAsync(folder, token), cancellationToken).ConfigureAwait(false);
                }

                await left.RemoveAsync($"the folder '{store}'", token => RemoveEmptyAsync(folders, store, token), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                progress.Report(StepProgress.Warning($"The volumes of '{label}' at {location} stay: they are on no datastore of this server."));
            }
        }
    }

    /// <summary>Tells where volumes stay.</summary>
    public async Task TellAsync(VchInfo vch, CancellationToken cancellationToken)
    {
        foreach (var (label, location) in Stores(vch))
        {
            if (await DisksAsync(location, cancellationToken).ConfigureAwait(false) is { Count: > 0 } disks)
            {
                var names = string.Join(", ", disks.Select(disk => Path.GetFileNameWithoutExtension(disk.Name)).OrderBy(name => name, StringComparer.Ordinal));
                progress.Report(StepProgress.Warning($"These volumes stay in '{label}' at {location}: {names}. -RemoveVolumes removes them with their VCH."));
            }
        }
    }

    private static IEnumerable<(string Label, GuestUrl Location)> Stores(VchInfo vch) =>
        vch.Configuration.Storage.VolumeLocations.OrderBy(store => store.Key, StringComparer.Ordinal).Select(store => (store.Key, store.Value));

    private async Task<List<DatastoreDisk>?> DisksAsync(GuestUrl location, CancellationToken cancellationToken) =>
        (await _volumes.DisksAsync(location, inventory.OfType("Datastore").ToList(), cancellationToken).ConfigureAwait(false))?.Where(VchVolumes.IsVolume).ToList();

    private Task RemoveEmptyAsync(DatastoreFolders folders, DatastoreFolder store, CancellationToken cancellationToken) =>
        inventory.BrowserOf(store.Datastore) is { } browser
            ? folders.RemoveEmptyUpwardsAsync(store.Child(VchVolumes.Folder), browser, cancellationToken)
            : Task.CompletedTask;
}
