using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>One image: its configuration and its layers, lowest first.</summary>
public sealed record ImageManifest
{
    /// <summary>The version of the format; 2 is the only one.</summary>
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; }

    /// <summary>What the manifest says it is; absent in many OCI manifests.</summary>
    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    /// <summary>The image's configuration.</summary>
    [JsonPropertyName("config")]
    public Descriptor Config { get; init; } = new();

    /// <summary>The layers, lowest first.</summary>
    [JsonPropertyName("layers")]
    public IReadOnlyList<Descriptor> Layers { get; init; } = [];
}
