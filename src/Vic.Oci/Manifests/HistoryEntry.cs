using System.Text.Json.Serialization;

namespace Vic.Oci.Manifests;

/// <summary>One step in the making of an image.</summary>
public sealed record HistoryEntry
{
    /// <summary>When the step was done.</summary>
    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; init; }

    /// <summary>The command of the step.</summary>
    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    /// <summary>Who did the step.</summary>
    [JsonPropertyName("author")]
    public string? Author { get; init; }

    /// <summary>What was said about the step.</summary>
    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    /// <summary>Whether the step made no layer.</summary>
    [JsonPropertyName("empty_layer")]
    public bool EmptyLayer { get; init; }
}
