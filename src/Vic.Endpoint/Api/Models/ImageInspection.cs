using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>GET /images/{name}/json</c>.</summary>
public sealed record ImageInspection
{
    /// <summary>Id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Names.</summary>
    public IReadOnlyList<string> RepoTags { get; init; } = [];

    /// <summary>Names with digests.</summary>
    public IReadOnlyList<string> RepoDigests { get; init; } = [];

    /// <summary>Unused.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Remark.</summary>
    public string Comment { get; init; } = "";

    /// <summary>When it was built.</summary>
    public string Created { get; init; } = "";

    /// <summary>Unused.</summary>
    public string DockerVersion { get; init; } = "";

    /// <summary>Who built it.</summary>
    public string Author { get; init; } = "";

    /// <summary>What containers inherit.</summary>
    public ContainerConfig Config { get; init; } = new();

    /// <summary>Architecture.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>Variant of the architecture.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Variant { get; init; }

    /// <summary>Operating system.</summary>
    public string Os { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Bytes, for API versions before 1.44.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? VirtualSize { get; init; }

    /// <summary>The disk.</summary>
    public DriverData GraphDriver { get; init; } = new();

    /// <summary>Layers.</summary>
    public RootFs RootFS { get; init; } = new();

    /// <summary>Facts of the store.</summary>
    public ImageMetadata Metadata { get; init; } = new();
}
