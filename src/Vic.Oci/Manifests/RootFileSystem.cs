using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>The content of an image's layers.</summary>
public sealed record RootFileSystem
{
    /// <summary>The kind of content; <c>layers</c> is the only one.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; } = "";

    /// <summary>The digests of the uncompressed layers, lowest first.</summary>
    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<string>? DiffIds { get; init; }
}
