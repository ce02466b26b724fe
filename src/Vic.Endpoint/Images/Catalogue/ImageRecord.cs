using System.Text.Json.Serialization;
using Vic.Oci.References;

namespace Vic.Endpoint.Images.Catalogue;

/// <summary>What the store remembers of an image.</summary>
internal sealed record ImageRecord
{
    /// <summary><c>sha256:</c> and the digest of the configuration.</summary>
    public required string Id { get; init; }

    /// <summary>The configuration byte for byte.</summary>
    public required byte[] Configuration { get; init; }

    /// <summary>Full names with a tag, in the order in which they were given.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Full names with the manifest's digest.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    /// <summary>The layers, lowest first.</summary>
    public IReadOnlyList<LayerRecord> Layers { get; init; } = [];

    /// <summary>Whether the user removed it by force while containers still stand on its layers; it is shown to nobody.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>All names, in docker's order: tags, then digests.</summary>
    [JsonIgnore]
    public IEnumerable<ImageReference> References => Tags.Concat(Digests).Select(ImageReference.Parse);
}
