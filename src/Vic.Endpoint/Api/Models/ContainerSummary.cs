using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>A line of <c>GET /containers/json</c>.</summary>
public sealed record ContainerSummary
{
    /// <summary>Id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Names behind slashes.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The image as the user named it, or its id when the name is gone.</summary>
    public string Image { get; init; } = "";

    /// <summary>Id of the image.</summary>
    public string ImageID { get; init; } = "";

    /// <summary>Program and arguments.</summary>
    public string Command { get; init; } = "";

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    /// <summary>Ports.</summary>
    public IReadOnlyList<PortSummary> Ports { get; init; } = [];

    /// <summary>Bytes written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? SizeRw { get; init; }

    /// <summary>Bytes in all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? SizeRootFs { get; init; }

    /// <summary>Labels.</summary>
    public SortedDictionary<string, string> Labels { get; init; } = new();

    /// <summary>docker's word.</summary>
    public string State { get; init; } = "";

    /// <summary>The word with times.</summary>
    public string Status { get; init; } = "";

    /// <summary>Network mode.</summary>
    public HostConfigSummary HostConfig { get; init; } = new();

    /// <summary>Networks.</summary>
    public NetworkSettingsSummary NetworkSettings { get; init; } = new();

    /// <summary>Volumes.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];
}
