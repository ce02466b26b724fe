using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Makes folders on datastores, and removes them.</summary>
internal sealed class DatastoreFolders(VimClient client, ManagedObjectReference datacenter)
{
    /// <summary>Makes a folder, with those above it.</summary>
    public Task CreateAsync(DatastoreFolder folder, CancellationToken cancellationToken) =>
        new FileManager(client, client.Content.FileManager!.Value)
            .MakeDirectoryAsync(folder.ToString(), datacenter, createParentDirectories: true, cancellationToken);

    /// <summary>Removes a folder with all that is in it; one that is not there needs no removing.</summary>
    public async Task RemoveAsync(DatastoreFolder folder, CancellationToken cancellationToken)
    {
        var files = new FileManager(client, client.Content.FileManager!.Value);
        try
        {
            var task = await files.DeleteDatastoreFileTaskAsync(folder.ToString(), datacenter, cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (Faults.IsMissing(exception))
        {
            // Destroying the machine has removed it.
        }
    }

    /// <summary>Removes a folder when nothing is in it.</summary>
    /// <returns>False when something is.</returns>
    public async Task<bool> RemoveIfEmptyAsync(DatastoreFolder folder, ManagedObjectReference browser, CancellationToken cancellationToken)
    {
        var content = await CountAsync(folder, browser, cancellationToken).ConfigureAwait(false);
        if (content == 0)
        {
            await RemoveAsync(folder, cancellationToken).ConfigureAwait(false);
        }

        return content is null or 0;
    }

    /// <summary>Removes a folder and those above it, as far as they are empty.</summary>
    public async Task RemoveEmptyUpwardsAsync(DatastoreFolder folder, ManagedObjectReference browser, CancellationToken cancellationToken)
    {
        DatastoreFolder? next = folder;
        while (next is not null && await RemoveIfEmptyAsync(next, browser, cancellationToken).ConfigureAwait(false))
        {
            next = next.Parent;
        }
    }

    /// <summary>How many files and folders are in a folder; null when it is not there.</summary>
    public async Task<int?> CountAsync(DatastoreFolder folder, ManagedObjectReference browser, CancellationToken cancellationToken)
    {
        try
        {
            var task = await new HostDatastoreBrowser(client, browser).SearchDatastoreTaskAsync(
                folder.ToString(), new HostDatastoreBrowserSearchSpec(), cancellationToken).ConfigureAwait(false);
            var found = await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
            return (found.Result as HostDatastoreBrowserSearchResults)?.File?.Count ?? 0;
        }
        catch (VimFaultException exception) when (Faults.IsMissing(exception))
        {
            return null;
        }
    }
}
