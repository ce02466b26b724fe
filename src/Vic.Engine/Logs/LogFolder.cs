using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Logs;

/// <summary>The folder of one machine on its datastore, and how its files are read and written.</summary>
internal sealed class LogFolder
{
    private readonly VimClient _client;
    private readonly DatastoreFolder _folder;
    private readonly ManagedObjectReference _browser;
    private readonly DatastoreFiles _files;

    private LogFolder(VimClient client, DatastoreFolder folder, ManagedObjectReference browser, string datacenterPath)
    {
        _client = client;
        _folder = folder;
        _browser = browser;
        _files = new DatastoreFiles(client, datacenterPath, folder.Datastore);
    }

    /// <summary>The folder of a machine; null while it has none, or when its datastore cannot be seen.</summary>
    public static LogFolder? Of(VimClient client, InventoryEntity machine, InventorySnapshot inventory)
    {
        var above = inventory.Find(machine.Parent ?? machine.GetReference("resourcePool"));
        var datacenter = above is null
            ? inventory.OfType("Datacenter") is [var first, ..] ? first : null
            : inventory.DatacenterAbove(above);
        if (datacenter is null || MachineRemoval.Home(machine) is not { } home)
        {
            return null;
        }

        var store = inventory.OfType("Datastore").FirstOrDefault(entity => entity.Name == home.Datastore && inventory.Lineage(entity).Contains(datacenter));
        return store?.GetReference("browser") is { } browser
            ? new LogFolder(client, home, browser, inventory.DatacenterPath(datacenter))
            : null;
    }

    /// <summary>The files of the folder with their sizes, by name.</summary>
    public async Task<IReadOnlyList<DatastoreFileInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var spec = new HostDatastoreBrowserSearchSpec { Details = new FileQueryFlags { FileSize = true, Modification = true, FileType = false } };
        var task = await new HostDatastoreBrowser(_client, _browser).SearchDatastoreTaskAsync(_folder.ToString(), spec, cancellationToken).ConfigureAwait(false);
        var found = await _client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        return ((found.Result as HostDatastoreBrowserSearchResults)?.File ?? []).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
    }

    /// <summary>A reader of a file that begins with its last lines.</summary>
    public LogReader Open(string name) => new(_files, $"{_folder.Name}/{name}");

    /// <summary>The last bytes of a file; fewer when it is shorter, none when it is not there.</summary>
    public async Task<byte[]> ReadEndAsync(string name, long length, long limit, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        try
        {
            await _files.DownloadFromAsync($"{_folder.Name}/{name}", Math.Max(0, length - limit), content, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DatastoreFileException exception) when (exception.IsNotFound)
        {
            // It went since it was listed.
        }

        return content.ToArray();
    }
}
