using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>A line of <c>GET /images/json</c>.</summary>
public sealed record ImageSummary
{
    /// <summary>Not counted.</summary>
    public int Containers { get; init; } = -1;

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    /// <summary>Id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Labels.</summary>
    public SortedDictionary<string, string>? Labels { get; init; }

    /// <summary>Unused.</summary>
    public string ParentId { get; init; } = "";

    /// <summary>Names with digests.</summary>
    public IReadOnlyList<string>? RepoDigests { get; init; }

    /// <summary>Names.</summary>
    public IReadOnlyList<string>? RepoTags { get; init; }

    /// <summary>Not counted.</summary>
    public long SharedSize { get; init; } = -1;

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Bytes, for API versions before 1.44.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? VirtualSize { get; init; }
}
