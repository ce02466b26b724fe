using Vic.Endpoint.Errors;
using Vic.Endpoint.Images.Catalogue;
using Vic.Endpoint.Images.Layers;
using Vic.Oci.References;

namespace Vic.Endpoint.Images.Removals;

/// <summary>Removes names, images and layers by the rules of docker's daemon (moby, daemon/images/image_delete.go).</summary>
internal sealed class ImageRemover(ImageCatalogue catalogue, LayerStore layers)
{
    private const int ShortIdLength = 12;

    /// <summary>Removes what a text names.</summary>
    public async Task<IReadOnlyList<ImageRemoval>> RemoveAsync(string text, bool force, IImageUsage usage, CancellationToken cancellationToken)
    {
        var (image, name) = ImageLookup.Find(catalogue, text) ?? throw ImageLookup.Missing(text);
        await ForgetUnusedAsync(usage, cancellationToken).ConfigureAwait(false);
        var users = usage.UsersOf(image.Id);
        var removals = new List<ImageRemoval>();
        if (name is not null)
        {
            RequireNameUnused(text, image, force, users);
            image = await UntagAsync(image, name, removals, cancellationToken).ConfigureAwait(false);

            // Losing its name is all that can be done to an image while a container runs from it.
            if (image.References.Any() || users.Any(user => user.IsRunning))
            {
                return removals;
            }
        }
        else if (!force && !HasOneName(image))
        {
            throw Conflict(image, "must be forced", "image is referenced in multiple repositories");
        }

        RequireUnused(image, force, users);
        removals.AddRange(image.References.Select(reference => new ImageRemoval(reference.FamiliarText, null)));
        await DeleteAsync(image, users.Count > 0, cancellationToken).ConfigureAwait(false);
        removals.Add(new ImageRemoval(null, image.Id));
        var chain = image.Layers.Select(layer => layer.Id).Reverse().ToList();
        var removed = await layers.CollectAsync(_ => chain, NeededLayers, cancellationToken).ConfigureAwait(false);
        removals.AddRange(removed.Select(layer => new ImageRemoval(null, "sha256:" + layer)));
        return removals;
    }

    /// <summary>Removes every layer that belongs to no image and that no pull is about to use.</summary>
    public Task CollectAsync(CancellationToken cancellationToken) => layers.CollectAsync(complete => complete, NeededLayers, cancellationToken);

    private HashSet<string> NeededLayers() => [.. catalogue.Records.SelectMany(record => record.Layers).Select(layer => layer.Id)];

    private static bool HasOneName(ImageRecord image) =>
        image.Tags.Count <= 1 && image.References.Select(reference => reference.Name).Distinct().Count() <= 1;

    private static void RequireNameUnused(string text, ImageRecord image, bool force, IReadOnlyList<ImageUser> users)
    {
        if (!force && HasOneName(image) && users.Count > 0)
        {
            throw EngineException.Conflict(
                $"conflict: unable to remove repository reference \"{text}\" (must force) - container {users[0].ContainerId[..ShortIdLength]} is using its referenced image {ShortId(image)}");
        }
    }

    private static void RequireUnused(ImageRecord image, bool force, IReadOnlyList<ImageUser> users)
    {
        if (users.FirstOrDefault(user => user.IsRunning) is { } running)
        {
            throw Conflict(image, "cannot be forced", $"image is being used by running container {running.ContainerId[..ShortIdLength]}");
        }

        if (!force && users.Count > 0)
        {
            throw Conflict(image, "must be forced", $"image is being used by stopped container {users[0].ContainerId[..ShortIdLength]}");
        }
    }

    private static EngineException Conflict(ImageRecord image, string forcing, string reason) =>
        EngineException.Conflict($"conflict: unable to delete {ShortId(image)} ({forcing}) - {reason}");

    private static string ShortId(ImageRecord image) => Digest.Parse(image.Id).Hex[..ShortIdLength];

    // With the last tag of a repository its digests go too.
    private async Task<ImageRecord> UntagAsync(ImageRecord image, ImageReference name, List<ImageRemoval> removals, CancellationToken cancellationToken)
    {
        var remaining = image with
        {
            Tags = [.. image.Tags.Where(tag => tag != name.ToString())],
            Digests = [.. image.Digests.Where(digest => digest != name.ToString())],
        };
        removals.Add(new ImageRemoval(name.FamiliarText, null));
        if (name.Digest is null && !remaining.Tags.Any(tag => ImageReference.Parse(tag).Name == name.Name))
        {
            var orphans = remaining.Digests.Where(digest => ImageReference.Parse(digest).Name == name.Name).ToList();
            remaining = remaining with { Digests = [.. remaining.Digests.Except(orphans)] };
            removals.AddRange(orphans.Select(digest => new ImageRemoval(ImageReference.Parse(digest).FamiliarText, null)));
        }

        await catalogue.ReplaceAsync(remaining, cancellationToken).ConfigureAwait(false);
        return remaining;
    }

    // Containers' disks stand on the image's: as long as there are any, the layers stay.
    private Task DeleteAsync(ImageRecord image, bool isUsed, CancellationToken cancellationToken) =>
        isUsed
            ? catalogue.ReplaceAsync(image with { Tags = [], Digests = [], IsRemoved = true }, cancellationToken)
            : catalogue.RemoveAsync([image.Id], cancellationToken);

    private async Task ForgetUnusedAsync(IImageUsage usage, CancellationToken cancellationToken)
    {
        var unused = catalogue.Records.Where(record => record.IsRemoved && usage.UsersOf(record.Id).Count == 0).Select(record => record.Id).ToList();
        if (unused.Count > 0)
        {
            await catalogue.RemoveAsync(unused, cancellationToken).ConfigureAwait(false);
            await CollectAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
