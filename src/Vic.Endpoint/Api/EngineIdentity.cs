using Vic.Endpoint.Limits;

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

    /// <summary>The names of the networks that the administrator has mapped, besides the bridge.</summary>
    public IReadOnlyList<string> ContainerNetworks { get; init; } = [];

    /// <summary>How much it may take.</summary>
    public EngineLimits Limits { get; init; } = new();

    /// <summary>The proxy to registries without TLS; empty without one.</summary>
    public string HttpProxy { get; init; } = "";

    /// <summary>The proxy to registries with TLS; empty without one.</summary>
    public string HttpsProxy { get; init; } = "";

    /// <summary>Hosts that are reached without a proxy, with commas.</summary>
    public string NoProxy { get; init; } = "";

    /// <summary>Whether it logs details.</summary>
    public bool IsDebug { get; init; }
}
