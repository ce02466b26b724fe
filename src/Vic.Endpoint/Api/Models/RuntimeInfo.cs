using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>A runtime.</summary>
public sealed record RuntimeInfo
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("path")]
    public string Path { get; init; } = "";
}
