using System.Text.Json.Serialization;

namespace Vic.Oci.Registry;

/// <summary>A token server's answer (distribution, "Token Authentication Specification").</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("expires_in")]
    public int? ExpiresInSeconds { get; init; }
}
