using Vic.Endpoint.Errors;
using Vic.Endpoint.Images;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>One image named busybox.</summary>
internal sealed class InMemoryImages : IImageStore
{
    public static readonly StoredImage Busybox = new()
    {
        Id = "sha256:" + new string('b', 64),
        Tags = ["busybox:latest"],
        Created = DateTimeOffset.UnixEpoch.AddDays(20_000),
        Size = 1000,
        LayerId = new string('a', 64),
        DiskPath = "[datastore1] a/a.vmdk",
        DiffIds = ["sha256:" + new string('a', 64)],
        Configuration = new ImageConfiguration { Command = ["sh"], Environment = ["PATH=/bin"] },
    };

    public long StoredBytes => Busybox.Size;

    public Task<IReadOnlyList<StoredImage>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredImage>>([Busybox]);

    public Task<StoredImage?> FindAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult(reference is "busybox" or "busybox:latest" || Busybox.Id.Contains(reference, StringComparison.Ordinal) ? Busybox : null);

    public async Task PullAsync(PullRequest request, IPullProgress progress, CancellationToken cancellationToken)
    {
        if (request.Repository is not ("busybox" or "docker.io/library/busybox"))
        {
            throw EngineException.NotFound($"pull access denied for {request.Repository}, repository does not exist or may require 'docker login'");
        }

        await progress.ReportAsync("Pulling from library/busybox", request.TagOrDigest, cancellationToken);
        await progress.ReportAsync("Downloading", "aaaaaaaaaaaa", 10, 10, cancellationToken);
        await progress.ReportAsync("Status: Image is up to date for busybox:latest", null, cancellationToken);
    }

    public Task<IReadOnlyList<ImageRemoval>> RemoveAsync(
        string reference, bool force, bool pruneParents, IImageUsage usage, CancellationToken cancellationToken) =>
        usage.UsersOf(Busybox.Id).Count > 0
            ? throw EngineException.Conflict("conflict: in use")
            : Task.FromResult<IReadOnlyList<ImageRemoval>>([new ImageRemoval("busybox:latest", null)]);

    public Task TagAsync(string source, string repository, string tag, CancellationToken cancellationToken) => Task.CompletedTask;
}
