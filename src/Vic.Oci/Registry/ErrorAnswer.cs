using System.Text.Json.Serialization;

namespace Vic.Oci.Registry;

/// <summary>The body of a registry's error (OCI distribution specification, "Error Codes").</summary>
internal sealed record ErrorAnswer
{
    [JsonPropertyName("errors")]
    public IReadOnlyList<Entry>? Errors { get; init; }

    internal sealed record Entry
    {
        [JsonPropertyName("code")]
        public string? Code { get; init; }

        [JsonPropertyName("message")]
        public string? Message { get; init; }
    }
}
