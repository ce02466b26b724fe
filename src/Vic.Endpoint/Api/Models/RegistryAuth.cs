using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The content of <c>X-Registry-Auth</c> and the body of <c>POST /auth</c>.</summary>
public sealed class RegistryAuth
{
    /// <summary>Account.</summary>
    [JsonPropertyName("username")]
    public string? Username { get; init; }

    /// <summary>Password.</summary>
    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>Registry.</summary>
    [JsonPropertyName("serveraddress")]
    public string? ServerAddress { get; init; }

    /// <summary>Refresh token.</summary>
    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    /// <summary>Bearer token.</summary>
    [JsonPropertyName("registrytoken")]
    public string? RegistryToken { get; init; }
}
