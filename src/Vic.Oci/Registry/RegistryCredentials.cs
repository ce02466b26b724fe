using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vic.Oci.Registry;

/// <summary>What a client proves its identity with: a user and password, an identity token, or a token that the registry takes as it is.</summary>
public sealed record RegistryCredentials
{
    private const int MaximumHeaderLength = 64 << 10;

    /// <summary>The user's name.</summary>
    [JsonPropertyName("username")]
    public string? UserName { get; init; }

    /// <summary>The password.</summary>
    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>The registry that these are for, as the client named it.</summary>
    [JsonPropertyName("serveraddress")]
    public string? ServerAddress { get; init; }

    /// <summary>A refresh token from an earlier login.</summary>
    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token that goes to the registry unchanged.</summary>
    [JsonPropertyName("registrytoken")]
    public string? RegistryToken { get; init; }

    [JsonIgnore]
    internal bool HasPassword => !string.IsNullOrEmpty(UserName);

    /// <summary>Reads the header <c>X-Registry-Auth</c> (Docker Engine API, "Authentication"); null when it holds no credentials.</summary>
    /// <exception cref="FormatException">The header is not base64url-encoded JSON.</exception>
    public static RegistryCredentials? FromHeader(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return null;
        }

        try
        {
            if (header.Length > MaximumHeaderLength)
            {
                throw new FormatException("invalid X-Registry-Auth header: too long");
            }

            // Clients write base64url; older ones wrote the standard alphabet.
            var url = header.Replace('+', '-').Replace('/', '_');
            var credentials = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(url), RegistryJson.Default.RegistryCredentials);
            return credentials is { UserName: null or "", IdentityToken: null or "", RegistryToken: null or "" } ? null : credentials;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // The parser's own words could repeat a part of the secret.
            throw new FormatException("invalid X-Registry-Auth header: it must be base64url-encoded JSON");
        }
    }

    internal string ToBasic() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}"));

    /// <summary>The user's name alone: credentials are never printed.</summary>
    public override string ToString() => $"credentials of '{UserName}'";
}
