using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>Why a pull failed.</summary>
public sealed record PullErrorDetail
{
    /// <summary>The reason.</summary>
    [JsonPropertyName("message")]
    public string Message { get; init; } = "";
}
