namespace Vic.Endpoint.Api;

/// <summary>Who a VCH is, for <c>docker info</c> and <c>docker version</c>.</summary>
public sealed record EngineIdentity
{
    /// <summary>A lasting id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The VCH's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Registries that are spoken to without verified TLS.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Where images are kept.</summary>
    public string ImageStore { get; init; } = "";

    /// <summary>The labels of the volume stores.</summary>
    public IReadOnlyList<string> VolumeStores { get; init; } = [];
}
