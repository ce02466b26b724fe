namespace Vic.Engine.Requests;

/// <summary>Where a VCH takes images from.</summary>
public sealed record RegistryRequest
{
    /// <summary>Registries that are asked before Docker Hub, <c>host[:port]</c> or a URL.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>Authorities that vouch for registries: PEM files, or PEM texts.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];

    /// <summary>Registries that may be spoken to without TLS or with a certificate that nobody vouches for.</summary>
    public IReadOnlyList<string> Insecure { get; init; } = [];

    /// <summary>The only registries that images may come from: <c>host[:port]</c>, <c>*.domain</c> or a network; all when empty.</summary>
    public IReadOnlyList<string> Whitelist { get; init; } = [];
}
