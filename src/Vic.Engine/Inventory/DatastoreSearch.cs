using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Finds the virtual disks in a folder of a datastore and in the folders below it, in one search.</summary>
internal static class DatastoreSearch
{
    /// <summary>The disks by the folder that they are in; none when there is no such folder.</summary>
    public static async Task<IReadOnlyList<DatastoreDisk>> DisksBelowAsync(
        VimClient client, ManagedObjectReference browser, DatastoreFolder folder, CancellationToken cancellationToken)
    {
        var wanted = new HostDatastoreBrowserSearchSpec
        {
            Query = [new VmDiskFileQuery { Details = new VmDiskFileQueryFlags { CapacityKb = true, Thin = true } }],
            Details = new FileQueryFlags { FileType = true, FileSize = true, Modification = true },
        };
        try
        {
            var task = await new HostDatastoreBrowser(client, browser).SearchDatastoreSubFoldersTaskAsync(folder.ToString(), wanted, cancellationToken)
                .ConfigureAwait(false) ?? throw new VicException("SearchRefused", VicErrorKind.Failed, $"The server does not search {folder}.");
            var found = await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
            return (found.Result as IEnumerable<HostDatastoreBrowserSearchResults> ?? [])
                .SelectMany(result => (result.File ?? []).OfType<VmDiskFileInfo>().Select(disk => new DatastoreDisk(
                    (result.FolderPath ?? "").TrimEnd('/'), disk.Path, (disk.CapacityKb ?? 0) * 1024, disk.FileSize ?? 0, disk.Modification)))
                .ToList();
        }
        catch (VimFaultException exception) when (Faults.IsMissing(exception))
        {
            return [];
        }
    }
}
