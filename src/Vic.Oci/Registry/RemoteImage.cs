using Vic.Oci.Manifests;
using Vic.Oci.References;

namespace Vic.Oci.Registry;

/// <summary>An image in a registry whose manifest and configuration are read and verified; its layers are still there.</summary>
public sealed class RemoteImage
{
    private readonly RepositoryClient _repository;
    private readonly RegistryOptions _options;

    internal RemoteImage(RepositoryClient repository, RegistryOptions options)
    {
        _repository = repository;
        _options = options;
    }

    /// <summary>The name that was asked for.</summary>
    public required ImageReference Reference { get; init; }

    /// <summary>The digest that the name stands for: the index's when there is one, as docker shows it.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The image's id: the digest of its configuration.</summary>
    public required Digest Id { get; init; }

    /// <summary>The manifest of the chosen platform.</summary>
    public required ImageManifest Manifest { get; init; }

    /// <summary>The configuration.</summary>
    public required ImageConfiguration Configuration { get; init; }

    /// <summary>The configuration byte for byte.</summary>
    public required ReadOnlyMemory<byte> RawConfiguration { get; init; }

    /// <summary>The digests of the uncompressed layers, lowest first; one for each layer of the manifest.</summary>
    public required IReadOnlyList<Digest> DiffIds { get; init; }

    /// <summary>
    /// Opens a layer as the registry holds it. The stream goes on where it was when a connection breaks, and its end is only reached
    /// when every byte matched the digest; otherwise it ends with a <see cref="RegistryException"/>.
    /// </summary>
    public Stream OpenLayer(Descriptor layer) => new BlobStream(_repository, layer, _options);
}
