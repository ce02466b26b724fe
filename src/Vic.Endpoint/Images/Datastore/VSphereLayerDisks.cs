using Vic.Endpoint.Images.Layers;
using Vic.Guest.Storage;
using Vic.Vim25;

namespace Vic.Endpoint.Images.Datastore;

/// <summary>
/// Layers as chains of VMDKs in <c>images/layer/layer.vmdk</c>, written through the endpoint VM. A layer is whole when its directory
/// holds the file <c>manifest</c>, which is written last and removed first.
/// </summary>
internal sealed class VSphereLayerDisks(VimClient client, LayerDiskOptions options) : ILayerDisks, IDisposable
{
    private const string Scratch = "scratch";
    private const string Marker = "manifest";
    private const int UnmountAttempts = 50;

    private static readonly TimeSpan UnmountPause = TimeSpan.FromMilliseconds(100);

    private readonly DatastoreFolder _folder = new(client, options);
    private readonly DiskAttacher _attacher = new(client, options);

    public async Task<IReadOnlyCollection<string>> OpenAsync(CancellationToken cancellationToken)
    {
        await _attacher.DetachAllAsync(_folder.PathOf("") + "/", cancellationToken).ConfigureAwait(false);
        await _folder.MakeDirectoryAsync("", cancellationToken).ConfigureAwait(false);
        var found = await _folder.ListAsync(await FindBrowserAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var layers = found.Where(entry => IsLayer(entry.Key)).ToList();
        foreach (var (layer, _) in layers.Where(entry => !entry.Value.Contains(Marker)))
        {
            await _folder.RemoveAsync(layer, cancellationToken).ConfigureAwait(false);
        }

        var whole = layers.Where(entry => entry.Value.Contains(Marker)).Select(entry => entry.Key).ToHashSet();
        if (!whole.Remove(Scratch))
        {
            await WriteAsync(Scratch, null, FillScratchAsync, cancellationToken).ConfigureAwait(false);
        }

        return whole;
    }

    public string PathOf(string? layer) => _folder.PathOf($"{layer ?? Scratch}/{layer ?? Scratch}.vmdk");

    public Task<long> AddAsync(string layer, string? parent, Func<string, CancellationToken, Task<long>> fill, CancellationToken cancellationToken) =>
        WriteAsync(layer, PathOf(parent), (disk, token) => WithMountAsync(disk, layer, root => fill(root, token)), cancellationToken);

    public async Task RemoveAsync(string layer, CancellationToken cancellationToken)
    {
        await _folder.RemoveAsync($"{layer}/{Marker}", cancellationToken).ConfigureAwait(false);
        await _folder.RemoveAsync(layer, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _attacher.Dispose();

    // Other names in the folder are not ours to remove.
    private static bool IsLayer(string name) => name == Scratch || (name.Length is 64 or 128 && name.All(char.IsAsciiHexDigitLower));

    private async Task<long> WriteAsync(
        string layer, string? parentPath, Func<AttachedDisk, CancellationToken, Task<long>> fill, CancellationToken cancellationToken)
    {
        try
        {
            await _folder.MakeDirectoryAsync(layer, cancellationToken).ConfigureAwait(false);
            var disk = await _attacher.CreateAsync(PathOf(layer), parentPath, cancellationToken).ConfigureAwait(false);
            long size;
            try
            {
                size = await fill(disk, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await _attacher.DetachAsync(disk, CancellationToken.None).ConfigureAwait(false);
            }

            await _folder.WriteAsync($"{layer}/{Marker}", System.Text.Encoding.UTF8.GetBytes($"{layer}\n"), cancellationToken).ConfigureAwait(false);
            return size;
        }
        catch
        {
            await TryRemoveAsync(layer).ConfigureAwait(false);
            throw;
        }
    }

    // The failure that led here is the one to tell; what stays is without a marker and goes at the next start.
    private async Task TryRemoveAsync(string layer)
    {
        try
        {
            await RemoveAsync(layer, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VimException)
        {
        }
    }

    private async Task<long> FillScratchAsync(AttachedDisk disk, CancellationToken cancellationToken)
    {
        await DiskFormatter.FormatAsync(disk.Device, cancellationToken).ConfigureAwait(false);
        return await WithMountAsync(disk, Scratch, root =>
        {
            DiskFormatter.WriteSkeleton(root);
            return Task.FromResult(0L);
        }).ConfigureAwait(false);
    }

    private async Task<long> WithMountAsync(AttachedDisk disk, string layer, Func<string, Task<long>> work)
    {
        var root = Path.Combine(options.MountFolder, layer);
        Mounts.Mount(disk.Device, root, "ext4", MountFlags.NoAccessTime | MountFlags.NoDevices | MountFlags.NoSetUserId | MountFlags.NoExecute);
        try
        {
            return await work(root).ConfigureAwait(false);
        }
        finally
        {
            await UnmountAsync(root).ConfigureAwait(false);
        }
    }

    // A disk must not be detached while it is mounted: what is in memory would be lost.
    private static async Task UnmountAsync(string root)
    {
        for (var attempt = 1; !Mounts.TryUnmount(root); attempt++)
        {
            if (attempt == UnmountAttempts)
            {
                throw new IOException($"{root} stays mounted: something still uses it");
            }

            await Task.Delay(UnmountPause).ConfigureAwait(false);
        }

        Directory.Delete(root);
    }

    private async Task<ManagedObjectReference> FindBrowserAsync(CancellationToken cancellationToken)
    {
        var datastores = await client.RetrieveAllAsync("Datastore", ["name", "browser"], options.Datacenter, cancellationToken).ConfigureAwait(false);
        var datastore = datastores.FirstOrDefault(found => found.Get<string>("name") == options.Datastore)
            ?? throw new InvalidOperationException($"there is no datastore '{options.Datastore}'");
        return datastore.Get<ManagedObjectReference>("browser");
    }
}
