namespace Vic.Engine.Requests;

/// <summary>Where a VCH takes images from.</summary>
public sealed record RegistryRequest
{
    /// <summary>Registries that are asked before Docker Hub, <c>host[:port]</c> or a URL.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];

    /// <summary>PEM files of authorities that vouch for registries.</summary>
    public IReadOnlyList<string> AuthorityFiles { get; init; } = [];

    /// <summary>Registries that may be spoken to without TLS or with a certificate that nobody vouches for.</summary>
    public IReadOnlyList<string> Insecure { get; init; } = [];
}
