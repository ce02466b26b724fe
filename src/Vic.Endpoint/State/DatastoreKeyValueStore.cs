using System.Collections.Concurrent;
using Vic.Vim25;

namespace Vic.Endpoint.State;

/// <summary>Documents as <c>kvStores/key.dat</c> in the endpoint VM's directory: written under a new name, then renamed over the old one.</summary>
internal sealed class DatastoreKeyValueStore(
    VimClient client, ManagedObjectReference datacenter, string datacenterPath, string datastore, string machineDirectory) : IKeyValueStore
{
    private const string Folder = "kvStores";

    private readonly DatastoreFiles _files = new(client, datacenterPath, datastore);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _writing = new();

    private ManagedObjectReference FileManager => client.Content.FileManager ?? throw new InvalidOperationException("the server has no file manager");

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        using var document = new MemoryStream();
        try
        {
            await _files.DownloadAsync(PathOf(key), document, cancellationToken: cancellationToken).ConfigureAwait(false);
            return document.ToArray();
        }
        catch (DatastoreFileException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string key, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        var writing = _writing.GetOrAdd(key, _ => new SemaphoreSlim(1, 1));
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await MakeFolderAsync(cancellationToken).ConfigureAwait(false);
            var temporary = PathOf(key) + ".new";
            using var stream = new MemoryStream(document.ToArray());
            await _files.UploadAsync(temporary, stream, document.Length, cancellationToken: cancellationToken).ConfigureAwait(false);
            var task = await client.InvokeAsync(
                new MoveDatastoreFileTaskRequest
                {
                    This = FileManager,
                    SourceName = $"[{datastore}] {temporary}",
                    SourceDatacenter = datacenter,
                    DestinationName = $"[{datastore}] {PathOf(key)}",
                    DestinationDatacenter = datacenter,
                    Force = true,
                },
                cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancelTask: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    private string PathOf(string key) => $"{machineDirectory}/{Folder}/{key}.dat";

    private async Task MakeFolderAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.InvokeAsync(
                new MakeDirectoryRequest
                {
                    This = FileManager,
                    Name = $"[{datastore}] {machineDirectory}/{Folder}",
                    Datacenter = datacenter,
                    CreateParentDirectories = true,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException e) when (e.Fault is FileAlreadyExists)
        {
            // Made before.
        }
    }
}
