namespace Vic.Endpoint.Images;

/// <summary>A login for a registry. Its text never shows a secret.</summary>
public sealed class RegistryCredentials
{
    /// <summary>The account's name.</summary>
    public string? UserName { get; init; }

    /// <summary>The account's password or access token.</summary>
    public string? Password { get; init; }

    /// <summary>A refresh token to trade for an access token, in place of a password.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token that the registry takes as it is.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>The registry's address as the client wrote it.</summary>
    public string? ServerAddress { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"credentials for {ServerAddress}";
}
