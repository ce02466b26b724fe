using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Adds volume stores to a VCH, and takes away those without volumes. Folders of stores that go stay where they are, as with Remove-VCH.</summary>
internal sealed class VolumeStoreChange(VimClient client, PresentVch vch)
{
    private const string Option = "VolumeStore";

    private readonly List<(DatastoreFolder Folder, ManagedObjectReference Browser)> _folders = [];

    /// <summary>Whether there are folders to be made.</summary>
    public bool HasFolders => _folders.Count > 0;

    /// <summary>Puts the stores into a configuration, in place of those that it has, and notes what differs.</summary>
    public async Task PlanAsync(
        IReadOnlyList<VolumeStoreRequest> requests,
        StorageConfiguration configuration,
        SettingList settings,
        CheckList checks,
        CancellationToken cancellationToken)
    {
        var present = configuration.VolumeLocations;
        var rules = new VolumeStoreRules(new InventoryResolver(vch.Inventory, checks), vch.Datastores, checks);
        var wanted = rules.Check(requests);
        var places = wanted.ToDictionary(store => store.Key, store => store.Value.Url, StringComparer.Ordinal);
        foreach (var store in present.Where(store => IsGone(store, places, requests)))
        {
            await CheckIsEmptyAsync(store.Key, store.Value, checks, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (url, datastore) in wanted.Where(store => !Holds(present, store.Key, store.Value.Url)).Select(store => store.Value))
        {
            if (datastore?.GetReference("browser") is { } browser && url.Path.Trim('/') is { Length: > 0 } path)
            {
                _folders.Add((new DatastoreFolder(datastore.Name, path), browser));
            }
        }

        settings.Compare(
            Option,
            present.OrderBy(store => store.Key, StringComparer.Ordinal).Select(store => $"{store.Key} at {store.Value}"),
            places.OrderBy(store => store.Key, StringComparer.Ordinal).Select(store => $"{store.Key} at {store.Value}"));
        configuration.VolumeLocations = places;
    }

    /// <summary>Makes the folders of new stores.</summary>
    public async Task CreateFoldersAsync(CompensationStack undo, CancellationToken cancellationToken)
    {
        var folders = new VolumeFolders(client, vch.Datacenter.Reference, undo);
        foreach (var (folder, browser) in _folders)
        {
            await folders.CreateAsync(folder, browser, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckIsEmptyAsync(string label, GuestUrl place, CheckList checks, CancellationToken cancellationToken)
    {
        var disks = await new VchVolumes(client).DisksAsync(place, vch.Inventory.OfType("Datastore"), cancellationToken).ConfigureAwait(false);
        if (disks is null)
        {
            checks.Fail(Option, $"'{label}' at {place} is on no datastore of this server, so nobody can see here whether it holds volumes: it cannot be taken away.");
            return;
        }

        var volumes = disks.Where(VchVolumes.IsVolume).Select(disk => $"'{Path.GetFileNameWithoutExtension(disk.Name)}'").ToList();
        if (volumes.Count > 0)
        {
            checks.Fail(Option, $"'{label}' at {place} holds volumes: {string.Join(", ", volumes)}. Keep the store, or remove them first.");
        }
    }

    // One whose new place is no place is told of already.
    private static bool IsGone(KeyValuePair<string, GuestUrl> store, Dictionary<string, GuestUrl> places, IReadOnlyList<VolumeStoreRequest> requests) =>
        !Holds(places, store.Key, store.Value) && (places.ContainsKey(store.Key) || requests.All(request => request.Label != store.Key));

    private static bool Holds(Dictionary<string, GuestUrl> stores, string label, GuestUrl place) =>
        stores.TryGetValue(label, out var found) && string.Equals(found.ToString().TrimEnd('/'), place.ToString().TrimEnd('/'), StringComparison.Ordinal);
}
