using System.Text.Json.Serialization;

namespace Vic.Oci.Registry;

/// <summary>A page of a repository's tags (OCI distribution specification, "Listing Tags").</summary>
internal sealed record TagList
{
    [JsonPropertyName("tags")]
    public IReadOnlyList<string>? Tags { get; init; }
}
