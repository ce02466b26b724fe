namespace Vic.Testing.Registries;

/// <summary>What kind of registry a test wants.</summary>
public sealed record RegistryOptions
{
    /// <summary>Serve TLS with a certificate of an authority that nobody knows.</summary>
    public bool Tls { get; init; }

    /// <summary>Ask for <see cref="RegistryServer.User"/> and <see cref="RegistryServer.Password"/>.</summary>
    public RegistryLogin Login { get; init; }
}
