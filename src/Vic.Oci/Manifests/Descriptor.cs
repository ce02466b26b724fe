using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>A reference from one piece of content to another (OCI image specification, descriptor.md).</summary>
public sealed record Descriptor
{
    /// <summary>What the content is.</summary>
    [JsonPropertyName("mediaType")]
    public string MediaType { get; init; } = "";

    /// <summary>The content's digest as text; <see cref="ManifestReader"/> has checked its form.</summary>
    [JsonPropertyName("digest")]
    public string Digest { get; init; } = "";

    /// <summary>The content's size in bytes.</summary>
    [JsonPropertyName("size")]
    public long Size { get; init; }

    /// <summary>The platform, when the content is one manifest of an index.</summary>
    [JsonPropertyName("platform")]
    public Platform? Platform { get; init; }
}
