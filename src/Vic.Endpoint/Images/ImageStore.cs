using Vic.Endpoint.Errors;
using Vic.Endpoint.Images.Catalogue;
using Vic.Endpoint.Images.Layers;
using Vic.Endpoint.Images.Pulls;
using Vic.Endpoint.Images.Removals;
using Vic.Endpoint.State;
using Vic.Oci.Layers;
using Vic.Oci.Manifests;
using Vic.Oci.References;
using Vic.Oci.Registry;

namespace Vic.Endpoint.Images;

/// <summary>The images of a virtual container host: a catalogue of names and configurations over a store of layers.</summary>
internal sealed class ImageStore : IImageStore, IDisposable
{
    private readonly RegistryClient _registry;
    private readonly ImageCatalogue _catalogue;
    private readonly LayerStore _layers;
    private readonly ImagePuller _puller;
    private readonly ImageRemover _remover;
    private readonly RegistryWhitelist _whitelist;

    private ImageStore(RegistryClient registry, ImageCatalogue catalogue, LayerStore layers, ImageStoreOptions options)
    {
        _registry = registry;
        _whitelist = options.Whitelist;
        _catalogue = catalogue;
        _layers = layers;
        _remover = new ImageRemover(catalogue, layers);
        var spool = new BlobSpool(options.SpoolFolder, options.SpoolBudget);
        _puller = new ImagePuller(registry, catalogue, layers, spool, new LayerLimits { UncompressedSize = options.MaximumLayerSize });
    }

    /// <summary>Opens the store: reads the catalogue, and removes layers that no image has.</summary>
    public static async Task<ImageStore> OpenAsync(
        ILayerDisks disks, IKeyValueStore state, RegistryClient registry, ImageStoreOptions options, CancellationToken cancellationToken)
    {
        var catalogue = await ImageCatalogue.OpenAsync(state, cancellationToken).ConfigureAwait(false);
        var layers = await LayerStore.OpenAsync(disks, cancellationToken).ConfigureAwait(false);
        var store = new ImageStore(registry, catalogue, layers, options);
        await store._remover.CollectAsync(cancellationToken).ConfigureAwait(false);
        return store;
    }

    /// <inheritdoc/>
    public long StoredBytes => _catalogue.Records.SelectMany(image => image.Layers).DistinctBy(layer => layer.Id).Sum(layer => layer.Size);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredImage>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredImage>>(
            [.. _catalogue.Records.Where(record => !record.IsRemoved).Select(ToImage).OrderByDescending(image => image.Created).ThenBy(image => image.Id, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task<StoredImage?> FindAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult(ImageLookup.Find(_catalogue, reference)?.Image is { } record ? ToImage(record) : null);

    /// <inheritdoc/>
    public async Task PullAsync(PullRequest request, IPullProgress progress, CancellationToken cancellationToken)
    {
        var reference = ParseName(request);
        var platform = request.Platform is { Length: > 0 } text
            ? Platform.Parse(text) ?? throw EngineException.InvalidParameter($"\"{text}\": cannot parse platform specifier: invalid argument")
            : Platform.Default;
        try
        {
            await _whitelist.CheckAsync(reference, cancellationToken).ConfigureAwait(false);
            var credentials = ToRegistry(request.Credentials);
            var names = request.TagOrDigest is null
                ? (await _registry.ListTagsAsync(reference, credentials, cancellationToken).ConfigureAwait(false)).Select(reference.WithTag).ToList()
                : [reference];
            await using var report = new PullReport(progress, cancellationToken);
            var isNew = false;
            foreach (var name in names)
            {
                isNew |= await _puller.PullAsync(name, platform, credentials, report, cancellationToken).ConfigureAwait(false);
            }

            var asked = request.TagOrDigest is null ? reference.FamiliarName : reference.FamiliarText;
            report.Say(isNew ? $"Status: Downloaded newer image for {asked}" : $"Status: Image is up to date for {asked}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await TidyUpAsync().ConfigureAwait(false);
            if (PullErrors.From(e, reference) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
        catch (OperationCanceledException)
        {
            await TidyUpAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageRemoval>> RemoveAsync(
        string reference, bool force, bool pruneParents, IImageUsage usage, CancellationToken cancellationToken) =>
        _remover.RemoveAsync(reference, force, usage, cancellationToken);

    /// <inheritdoc/>
    public async Task TagAsync(string source, string repository, string tag, CancellationToken cancellationToken)
    {
        var image = ImageLookup.Find(_catalogue, source)?.Image ?? throw ImageLookup.Missing(source);
        try
        {
            var name = ImageReference.Parse(repository);
            if (name.Digest is not null)
            {
                throw EngineException.InvalidParameter("refusing to create a tag with a digest reference");
            }

            await _catalogue.AddAsync(image with { Tags = [name.WithTag(tag).ToString()], Digests = [] }, cancellationToken).ConfigureAwait(false);
        }
        catch (ImageReferenceException e)
        {
            throw EngineException.InvalidParameter(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _puller.Dispose();
        _layers.Dispose();
        _catalogue.Dispose();
        _registry.Dispose();
    }

    private static ImageReference ParseName(PullRequest request)
    {
        try
        {
            var name = ImageReference.Parse(request.Repository);
            return request.TagOrDigest is not { Length: > 0 } target ? name
                : Digest.TryParse(target, out var digest) ? name.WithDigest(digest)
                : name.WithTag(target);
        }
        catch (ImageReferenceException e)
        {
            throw EngineException.InvalidParameter(e.Message);
        }
    }

    private static Oci.Registry.RegistryCredentials? ToRegistry(RegistryCredentials? credentials) => credentials is null ? null : new()
    {
        UserName = credentials.UserName,
        Password = credentials.Password,
        IdentityToken = credentials.IdentityToken,
        RegistryToken = credentials.RegistryToken,
        ServerAddress = credentials.ServerAddress,
    };

    // Layers of a pull that ended early belong to no image. The caller may be gone, so its token does not end this.
    private async Task TidyUpAsync()
    {
        try
        {
            await _remover.CollectAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The pull's own error is the one to tell; the next start collects again.
        }
    }

    private StoredImage ToImage(ImageRecord record) => ImageView.Of(record, _layers.PathOf(record.Layers.Count == 0 ? null : record.Layers[^1].Id));
}
