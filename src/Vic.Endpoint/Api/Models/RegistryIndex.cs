namespace Vic.Endpoint.Api.Models;

/// <summary>A registry in the service configuration.</summary>
public sealed record RegistryIndex
{
    /// <summary>Host.</summary>
    public string Name { get; init; } = "";

    /// <summary>Mirrors.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>Whether TLS is demanded.</summary>
    public bool Secure { get; init; }

    /// <summary>Whether it is Docker Hub.</summary>
    public bool Official { get; init; }
}
