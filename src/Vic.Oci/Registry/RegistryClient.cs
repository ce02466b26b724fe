using System.Runtime.ExceptionServices;
using Vic.Oci.Manifests;
using Vic.Oci.References;

namespace Vic.Oci.Registry;

/// <summary>Finds images in registries. Safe for use from several threads.</summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistryOptions _options;
    private readonly RegistryTransport _transport;
    private readonly EndpointList _endpoints;

    /// <summary>Creates a client with its own connections.</summary>
    public RegistryClient(RegistryOptions options)
    {
        _options = options;
        _transport = new RegistryTransport(options);
        _endpoints = new EndpointList(options);
    }

    /// <summary>Finds an image at the first address that has it, and reads its manifest and configuration.</summary>
    /// <exception cref="RegistryException">No address has it; the error is the most telling one.</exception>
    /// <exception cref="ManifestException">The image cannot be used, or is not built for the platform.</exception>
    public async Task<RemoteImage> FindAsync(
        ImageReference reference, Platform platform, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        return await AskAsync(
            reference, credentials, repository => ReadAsync(repository, reference, platform, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tags of a repository.</summary>
    /// <exception cref="RegistryException">No address has the repository.</exception>
    public Task<IReadOnlyList<string>> ListTagsAsync(ImageReference reference, RegistryCredentials? credentials, CancellationToken cancellationToken) =>
        AskAsync(reference, credentials, repository => repository.ListTagsAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private async Task<T> AskAsync<T>(
        ImageReference reference, RegistryCredentials? credentials, Func<RepositoryClient, Task<T>> ask, CancellationToken cancellationToken)
    {
        RegistryException? telling = null;
        foreach (var endpoint in await _endpoints.ForAsync(reference.Domain, cancellationToken).ConfigureAwait(false))
        {
            var repository = new RepositoryClient(_transport, endpoint, reference.Repository, credentials);
            try
            {
                await repository.PingAsync(cancellationToken).ConfigureAwait(false);
                return await ask(repository).ConfigureAwait(false);
            }
            catch (RegistryException e)
            {
                telling = telling is { IsAnswer: true } && !e.IsAnswer ? telling : e;
                if (e.IsAnswer && !endpoint.IsMirror)
                {
                    break;
                }
            }
        }

        ExceptionDispatchInfo.Throw(telling!);
        throw telling!;
    }

    private async Task<RemoteImage> ReadAsync(
        RepositoryClient repository, ImageReference reference, Platform platform, CancellationToken cancellationToken)
    {
        var (content, contentType, digest) = await repository.GetManifestAsync(reference.Target, cancellationToken).ConfigureAwait(false);
        var mediaType = ManifestReader.MediaTypeOf(content, contentType);
        if (MediaTypes.IsIndex(mediaType))
        {
            var chosen = ManifestReader.ReadIndex(content).Choose(platform)
                ?? throw new ManifestException($"no matching manifest for {platform} in the manifest list entries");
            (content, contentType, _) = await repository.GetManifestAsync(chosen.Digest, cancellationToken).ConfigureAwait(false);
            mediaType = ManifestReader.MediaTypeOf(content, contentType);
        }

        if (!MediaTypes.IsManifest(mediaType))
        {
            throw new ManifestException($"the registry's manifest is of the unsupported media type '{mediaType}'");
        }

        var manifest = ManifestReader.ReadManifest(content);
        var raw = await repository.GetBlobAsync(manifest.Config, ManifestReader.MaximumConfigurationSize, cancellationToken).ConfigureAwait(false);
        var (configuration, diffIds) = ManifestReader.ReadConfiguration(raw, manifest.Layers.Count);
        if (configuration.Platform.OperatingSystem != platform.OperatingSystem)
        {
            throw new ManifestException($"image operating system \"{configuration.OperatingSystem}\" cannot be used on this platform");
        }

        return new RemoteImage(repository, _options)
        {
            Reference = reference,
            Digest = digest,
            Id = Digest.Parse(manifest.Config.Digest),
            Manifest = manifest,
            Configuration = configuration,
            RawConfiguration = raw,
            DiffIds = diffIds,
        };
    }
}
