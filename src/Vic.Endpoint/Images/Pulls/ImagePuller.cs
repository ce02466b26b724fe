using Vic.Endpoint.Images.Catalogue;
using Vic.Endpoint.Images.Layers;
using Vic.Oci.Layers;
using Vic.Oci.Manifests;
using Vic.Oci.References;
using Vic.Oci.Registry;

namespace Vic.Endpoint.Images.Pulls;

/// <summary>Fetches images: finds them, downloads three layers at a time, and unpacks each once.</summary>
internal sealed class ImagePuller(RegistryClient registry, ImageCatalogue catalogue, LayerStore layers, BlobSpool spool, LayerLimits limits) : IDisposable
{
    private const int ParallelDownloads = 3;
    private const int ShortIdLength = 12;

    private readonly SemaphoreSlim _downloads = new(ParallelDownloads, ParallelDownloads);

    /// <summary>Fetches one image under one name; false when that name meant the same image before.</summary>
    public async Task<bool> PullAsync(
        ImageReference reference, Platform platform, Oci.Registry.RegistryCredentials? credentials, PullReport report, CancellationToken cancellationToken)
    {
        var remote = await registry.FindAsync(reference, platform, credentials, cancellationToken).ConfigureAwait(false);
        report.Say($"Pulling from {reference.Repository}", reference.Target);
        var chain = ChainId.Of(remote.DiffIds).Select(id => id.Hex).ToList();
        var isNew = catalogue.FindByName(reference)?.Id != remote.Id.ToString();
        using (await layers.PinAsync(chain, cancellationToken).ConfigureAwait(false))
        {
            var records = catalogue.FindById(remote.Id.ToString())?.Layers
                ?? await FetchLayersAsync(remote, chain, report, cancellationToken).ConfigureAwait(false);
            await catalogue.AddAsync(ToRecord(remote, records), cancellationToken).ConfigureAwait(false);
        }

        report.Say($"Digest: {remote.Digest}");
        return isNew;
    }

    public void Dispose() => _downloads.Dispose();

    private static ImageRecord ToRecord(RemoteImage remote, IReadOnlyList<LayerRecord> records) => new()
    {
        Id = remote.Id.ToString(),
        Configuration = remote.RawConfiguration.ToArray(),
        Tags = remote.Reference is { Digest: null } tagged ? [tagged.ToString()] : [],
        Digests = [remote.Reference.WithDigest(remote.Digest).ToString()],
        Layers = records,
    };

    private async Task<IReadOnlyList<LayerRecord>> FetchLayersAsync(
        RemoteImage remote, List<string> chain, PullReport report, CancellationToken cancellationToken)
    {
        // One layer's failure ends the others' work; the first failure is the one that is told.
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var remembered = catalogue.Records.SelectMany(image => image.Layers).DistinctBy(layer => layer.Id).ToDictionary(layer => layer.Id, layer => (long?)layer.Size);
        var known = chain.Select(id => layers.FindSize(id, remembered.GetValueOrDefault(id))).ToList();
        var progress = remote.Manifest.Layers.Select(layer => new LayerProgress(report, ShortId(layer))).ToList();
        Announce(known, progress);
        var sizes = new List<Task<long>>();
        for (var i = 0; i < chain.Count; i++)
        {
            var layer = new LayerToFetch(remote, i, chain[i], i == 0 ? null : chain[i - 1]);
            sizes.Add(known[i] is { } size ? Task.FromResult(size) : FetchAsync(layer, progress[i], failed));
        }

        try
        {
            await Task.WhenAll(sizes).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw FirstCause(sizes);
        }

        return [.. chain.Select((id, i) => new LayerRecord(id, remote.DiffIds[i].ToString(), sizes[i].Result))];
    }

    private static void Announce(List<long?> known, List<LayerProgress> progress)
    {
        var missing = 0;
        for (var i = 0; i < known.Count; i++)
        {
            progress[i].Report(known[i] is null ? "Pulling fs layer" : "Already exists");
            missing += known[i] is null ? 1 : 0;
            if (known[i] is null && missing > ParallelDownloads)
            {
                progress[i].Report("Waiting");
            }
        }
    }

    private static Exception FirstCause(List<Task<long>> sizes) =>
        sizes.Where(task => task.IsFaulted).Select(task => task.Exception!.GetBaseException()).FirstOrDefault(error => error is not OperationCanceledException)
        ?? new OperationCanceledException();

    private async Task<long> FetchAsync(LayerToFetch layer, LayerProgress progress, CancellationTokenSource failed)
    {
        try
        {
            return await layers.MakeAsync(
                layer.Id, layer.ParentId, progress, (shared, parent, token) => MakeAsync(layer, shared, parent, token), failed.Token).ConfigureAwait(false);
        }
        catch
        {
            await failed.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<long> MakeAsync(LayerToFetch layer, ILayerProgress progress, Task parentIsWhole, CancellationToken cancellationToken)
    {
        var size = layer.Descriptor.Size;
        await using var spooled = await SpoolAsync(layer, progress, cancellationToken).ConfigureAwait(false);
        await parentIsWhole.WaitAsync(cancellationToken).ConfigureAwait(false);
        await using var remote = spooled is null ? layer.Open() : null;
        await using var content = new ProgressStream(
            spooled?.Content ?? remote!, spooled is null ? "Downloading" : "Extracting", size, progress);
        var unpacked = await layers.WriteAsync(
            layer.Id, layer.ParentId, (directory, token) => LayerUnpacker.UnpackAsync(content, layer.DiffId, directory, limits, token), cancellationToken).ConfigureAwait(false);
        progress.Report("Pull complete", 0, 0);
        return unpacked;
    }

    private async Task<SpooledBlob?> SpoolAsync(LayerToFetch layer, ILayerProgress progress, CancellationToken cancellationToken)
    {
        await _downloads.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var blob = layer.Open();
            await using var counted = new ProgressStream(blob, "Downloading", layer.Descriptor.Size, progress);
            var spooled = await spool.TryTakeAsync(counted, layer.Descriptor.Size, cancellationToken).ConfigureAwait(false);
            if (spooled is not null)
            {
                progress.Report("Verifying Checksum", 0, 0);
                progress.Report("Download complete", 0, 0);
            }

            return spooled;
        }
        finally
        {
            _downloads.Release();
        }
    }

    private static string ShortId(Descriptor layer) => Digest.Parse(layer.Digest).Hex[..ShortIdLength];

    private sealed record LayerToFetch(RemoteImage Remote, int Index, string Id, string? ParentId)
    {
        public Descriptor Descriptor => Remote.Manifest.Layers[Index];

        public Digest DiffId => Remote.DiffIds[Index];

        public Stream Open() => Remote.OpenLayer(Descriptor);
    }
}
