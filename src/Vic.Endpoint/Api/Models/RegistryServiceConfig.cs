namespace Vic.Endpoint.Api.Models;

/// <summary>How registries are reached.</summary>
public sealed record RegistryServiceConfig
{
    /// <summary>Networks of registries without TLS.</summary>
    public IReadOnlyList<string> InsecureRegistryCIDRs { get; init; } = [];

    /// <summary>By host.</summary>
    public SortedDictionary<string, RegistryIndex> IndexConfigs { get; init; } = new();

    /// <summary>Mirrors of Docker Hub.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];
}
