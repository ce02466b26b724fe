using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>A list of manifests, one for each platform.</summary>
public sealed record ImageIndex
{
    /// <summary>The version of the format; 2 is the only one.</summary>
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; }

    /// <summary>What the index says it is.</summary>
    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    /// <summary>The manifests to choose from.</summary>
    [JsonPropertyName("manifests")]
    public IReadOnlyList<Descriptor> Manifests { get; init; } = [];

    /// <summary>The manifest for a platform, or null. The index's order decides between equals; attestations never match.</summary>
    public Descriptor? Choose(Platform platform) =>
        Manifests.FirstOrDefault(manifest => manifest.Platform is not null && platform.Accepts(manifest.Platform) && manifest.Platform.Variant == platform.Variant)
        ?? Manifests.FirstOrDefault(manifest => manifest.Platform is not null && platform.Accepts(manifest.Platform));
}
