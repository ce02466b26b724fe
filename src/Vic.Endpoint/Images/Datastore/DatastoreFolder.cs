using Vic.Vim25;

namespace Vic.Endpoint.Images.Datastore;

/// <summary>Files and directories below one folder of a datastore.</summary>
internal sealed class DatastoreFolder(VimClient client, LayerDiskOptions options)
{
    private readonly DatastoreFiles _files = new(client, options.DatacenterPath, options.Datastore);

    private ManagedObjectReference FileManager => client.Content.FileManager ?? throw new InvalidOperationException("the server has no file manager");

    /// <summary>The datastore path of a file, <c>[datastore] folder/name</c>.</summary>
    public string PathOf(string name) => name.Length == 0 ? $"[{options.Datastore}] {options.Folder}" : $"[{options.Datastore}] {options.Folder}/{name}";

    /// <summary>Makes a directory with those above it; one that is there is no error.</summary>
    public async Task MakeDirectoryAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.InvokeAsync(
                new MakeDirectoryRequest { This = FileManager, Name = PathOf(name), Datacenter = options.Datacenter, CreateParentDirectories = true },
                cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is FileAlreadyExists)
        {
            // Made before.
        }
    }

    /// <summary>Stores a small file so that it is there whole or not at all: under another name first, then moved.</summary>
    public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = name + ".new";
        using var stream = new MemoryStream(content.ToArray());
        await _files.UploadAsync($"{options.Folder}/{temporary}", stream, content.Length, cancellationToken: cancellationToken).ConfigureAwait(false);
        var task = await client.InvokeAsync(
            new MoveDatastoreFileTaskRequest
            {
                This = FileManager,
                SourceName = PathOf(temporary),
                SourceDatacenter = options.Datacenter,
                DestinationName = PathOf(name),
                DestinationDatacenter = options.Datacenter,
                Force = true,
            },
            cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a small file; null when it is not there.</summary>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        try
        {
            await _files.DownloadAsync($"{options.Folder}/{name}", content, cancellationToken: cancellationToken).ConfigureAwait(false);
            return content.ToArray();
        }
        catch (DatastoreFileException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes a file, or a directory with everything in it; nothing there is no error.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var task = await client.InvokeAsync(
                new DeleteDatastoreFileTaskRequest { This = FileManager, Name = PathOf(name), Datacenter = options.Datacenter }, cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancelTask: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is FileNotFound)
        {
            // Gone already.
        }
    }

    /// <summary>The names of all files below the folder, by the directory that they are in.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListAsync(ManagedObjectReference browser, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>();
        var request = new SearchDatastoreSubFoldersTaskRequest { This = browser, DatastorePath = $"[{options.Datastore}] {options.Folder}" };
        var task = await client.InvokeAsync(request, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException("the search was not started");
        var info = await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        foreach (var result in info.Result as IEnumerable<HostDatastoreBrowserSearchResults> ?? [])
        {
            var directory = (result.FolderPath ?? "").TrimEnd('/').Split('/')[^1];
            found[directory] = [.. (result.File ?? []).Select(file => file.Path)];
        }

        return found;
    }
}
