namespace Vic.Endpoint.Images;

/// <summary>An image of the store, with everything a container or an inspect needs.</summary>
public sealed record StoredImage
{
    /// <summary>docker's id: <c>sha256:</c> and the digest of the image's configuration.</summary>
    public required string Id { get; init; }

    /// <summary>Familiar names, such as <c>busybox:latest</c> or <c>registry:5000/a/b:1</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Familiar names with the manifest's digest, such as <c>busybox@sha256:...</c>.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    /// <summary>When it was built, as its configuration says.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The sum of its layers' contents in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The architecture as in GOARCH.</summary>
    public string Architecture { get; init; } = "amd64";

    /// <summary>The variant of the architecture, such as <c>v8</c>.</summary>
    public string? Variant { get; init; }

    /// <summary>The operating system as in GOOS.</summary>
    public string OperatingSystem { get; init; } = "linux";

    /// <summary>Who built it.</summary>
    public string Author { get; init; } = "";

    /// <summary>A remark of its builder.</summary>
    public string Comment { get; init; } = "";

    /// <summary>What a container inherits.</summary>
    public ImageConfiguration Configuration { get; init; } = new();

    /// <summary>The digests of its layers' uncompressed archives, the lowest first.</summary>
    public IReadOnlyList<string> DiffIds { get; init; } = [];

    /// <summary>How each layer came to be, the oldest first.</summary>
    public IReadOnlyList<ImageHistoryEntry> History { get; init; } = [];

    /// <summary>The store's id of the top layer.</summary>
    public required string LayerId { get; init; }

    /// <summary>The top layer's disk, <c>[datastore] path/layer.vmdk</c>: the parent of a container's own disk.</summary>
    public required string DiskPath { get; init; }
}
