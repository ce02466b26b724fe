namespace Vic.Oci.Manifests;

/// <summary>The media types that this client understands (OCI image specification, media-types.md; docker's manifest v2 schema 2).</summary>
public static class MediaTypes
{
    /// <summary>Docker's image manifest, version 2 schema 2.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Docker's manifest list.</summary>
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Docker's image configuration.</summary>
    public const string DockerConfiguration = "application/vnd.docker.container.image.v1+json";

    /// <summary>Docker's layer, a tar under gzip.</summary>
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>The OCI image manifest.</summary>
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>The OCI image index.</summary>
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>The OCI image configuration.</summary>
    public const string OciConfiguration = "application/vnd.oci.image.config.v1+json";

    /// <summary>An OCI layer, a plain tar.</summary>
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>An OCI layer, a tar under gzip.</summary>
    public const string OciLayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>An OCI layer, a tar under zstd.</summary>
    public const string OciLayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";

    /// <summary>What a registry is asked for, best liked first.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [DockerManifest, DockerManifestList, OciManifest, OciIndex];

    internal static bool IsIndex(string mediaType) => mediaType is DockerManifestList or OciIndex;

    internal static bool IsManifest(string mediaType) => mediaType is DockerManifest or OciManifest;

    internal static bool IsConfiguration(string mediaType) => mediaType is DockerConfiguration or OciConfiguration;
}
