using System.Collections.Immutable;
using System.Text.Json;
using Vic.Endpoint.State;
using Vic.Oci.References;

namespace Vic.Endpoint.Images.Catalogue;

/// <summary>The images and their names. A change is visible when it is durable, and not before.</summary>
internal sealed class ImageCatalogue : IDisposable
{
    private const string Key = "images";
    private const int MinimumPrefix = 1;

    private readonly IKeyValueStore _store;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private ImmutableDictionary<string, ImageRecord> _images;

    private ImageCatalogue(IKeyValueStore store, ImmutableDictionary<string, ImageRecord> images)
    {
        _store = store;
        _images = images;
    }

    /// <summary>Every record, removed ones that containers still stand on included.</summary>
    public IReadOnlyCollection<ImageRecord> Records => [.. _images.Values];

    /// <summary>Reads the catalogue.</summary>
    /// <exception cref="InvalidDataException">The stored document is not a catalogue.</exception>
    public static async Task<ImageCatalogue> OpenAsync(IKeyValueStore store, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(Key, cancellationToken).ConfigureAwait(false);
        return new ImageCatalogue(store, stored is null ? [] : Parse(stored));
    }

    /// <summary>The image with an id, or null.</summary>
    public ImageRecord? FindById(string id) => _images.GetValueOrDefault(id) is { IsRemoved: false } image ? image : null;

    /// <summary>The image that has a name, or null.</summary>
    public ImageRecord? FindByName(ImageReference reference)
    {
        var name = reference.ToString();
        return _images.Values.FirstOrDefault(image => !image.IsRemoved && (reference.Digest is null ? image.Tags : image.Digests).Contains(name));
    }

    /// <summary>The one image whose id starts so, or null when there is none or more than one.</summary>
    public ImageRecord? FindByPrefix(string hex)
    {
        if (hex.Length < MinimumPrefix || !hex.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        var found = _images.Values.Where(image => !image.IsRemoved && image.Id.StartsWith("sha256:" + hex, StringComparison.Ordinal)).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Adds an image, or names to one that is there; a tag leaves the image that had it.</summary>
    public Task AddAsync(ImageRecord image, CancellationToken cancellationToken) => ChangeAsync(
        images =>
        {
            var known = images.GetValueOrDefault(image.Id) is { IsRemoved: false } existing ? existing : image with { Tags = [], Digests = [] };
            images = image.Tags.Aggregate(images, WithoutTag);
            known = images.GetValueOrDefault(image.Id) is { IsRemoved: false } current ? current : known;
            return images.SetItem(image.Id, known with
            {
                Tags = [.. known.Tags.Union(image.Tags)],
                Digests = [.. known.Digests.Union(image.Digests)],
            });
        },
        cancellationToken);

    /// <summary>Replaces a record.</summary>
    public Task ReplaceAsync(ImageRecord image, CancellationToken cancellationToken) =>
        ChangeAsync(images => images.SetItem(image.Id, image), cancellationToken);

    /// <summary>Forgets images.</summary>
    public Task RemoveAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        ChangeAsync(images => images.RemoveRange(ids), cancellationToken);

    public void Dispose() => _writing.Dispose();

    private static ImmutableDictionary<string, ImageRecord> WithoutTag(ImmutableDictionary<string, ImageRecord> images, string tag)
    {
        var owner = images.Values.FirstOrDefault(image => image.Tags.Contains(tag));
        return owner is null ? images : images.SetItem(owner.Id, owner with { Tags = [.. owner.Tags.Where(other => other != tag)] });
    }

    private static ImmutableDictionary<string, ImageRecord> Parse(byte[] stored)
    {
        try
        {
            var document = JsonSerializer.Deserialize(stored, CatalogueJson.Default.CatalogueDocument);
            return document is { Version: CatalogueDocument.CurrentVersion }
                ? document.Images.ToImmutableDictionary(image => image.Id)
                : throw new InvalidDataException("the image catalogue on the datastore is of another version");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the image catalogue on the datastore is damaged", e);
        }
    }

    private async Task ChangeAsync(
        Func<ImmutableDictionary<string, ImageRecord>, ImmutableDictionary<string, ImageRecord>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var next = change(_images);
            var document = new CatalogueDocument { Images = [.. next.Values.OrderBy(image => image.Id, StringComparer.Ordinal)] };
            await _store.WriteAsync(Key, JsonSerializer.SerializeToUtf8Bytes(document, CatalogueJson.Default.CatalogueDocument), cancellationToken).ConfigureAwait(false);
            _images = next;
        }
        finally
        {
            _writing.Release();
        }
    }
}
