using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Images;

/// <summary>The images of a virtual container host. Failures are <see cref="EngineException"/>s with docker's own messages.</summary>
public interface IImageStore
{
    /// <summary>The bytes that all layers' contents take, each counted once.</summary>
    long StoredBytes { get; }

    /// <summary>Every image, the youngest first.</summary>
    Task<IReadOnlyList<StoredImage>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The image that a user's text means: <c>name</c>, <c>name:tag</c>, <c>name@digest</c>, a full id with or without
    /// <c>sha256:</c>, or the beginning of one id. Null when there is none.
    /// </summary>
    Task<StoredImage?> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Fetches an image; everything the user sees on the way goes to <paramref name="progress"/>.</summary>
    Task PullAsync(PullRequest request, IPullProgress progress, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a name, or the image itself with its last name. Returns what was untagged and deleted in docker's order.
    /// An image that <paramref name="usage"/> still needs is a conflict.
    /// </summary>
    Task<IReadOnlyList<ImageRemoval>> RemoveAsync(
        string reference, bool force, bool pruneParents, IImageUsage usage, CancellationToken cancellationToken);

    /// <summary>Gives an image one more name; <paramref name="tag"/> is <c>latest</c> when the user gave none.</summary>
    Task TagAsync(string source, string repository, string tag, CancellationToken cancellationToken);
}
