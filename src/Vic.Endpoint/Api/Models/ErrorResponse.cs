using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The body of every refusal.</summary>
public sealed record ErrorResponse
{
    /// <summary>What happened.</summary>
    [JsonPropertyName("message")]
    public string Message { get; init; } = "";
}
