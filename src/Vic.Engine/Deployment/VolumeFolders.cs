using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>The folders of volume stores on datastores. Other VCHs may use them too, so one that is there already is taken as it is.</summary>
internal sealed class VolumeFolders(VimClient client, ManagedObjectReference datacenter, CompensationStack undo)
{
    private readonly DatastoreFolders _folders = new(client, datacenter);

    /// <summary>Makes a folder, with those above it.</summary>
    public async Task CreateAsync(DatastoreFolder folder, ManagedObjectReference browser, CancellationToken cancellationToken)
    {
        var missing = new List<DatastoreFolder>();
        for (DatastoreFolder? next = folder; next is not null; next = next.Parent)
        {
            if (await _folders.CountAsync(next, browser, cancellationToken).ConfigureAwait(false) is not null)
            {
                break;
            }

            missing.Add(next);
        }

        if (missing.Count == 0)
        {
            return;
        }

        var step = undo.Push($"the folder '{folder}'", token => RemoveAsync(missing, browser, token));
        await step.RunAsync(_folders.CreateAsync(folder, cancellationToken)).ConfigureAwait(false);
    }

    // Somebody else may have begun to use a folder since.
    private async Task RemoveAsync(IEnumerable<DatastoreFolder> folders, ManagedObjectReference browser, CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
        {
            if (!await _folders.RemoveIfEmptyAsync(folder, browser, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }
}
