namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>GET /version</c>.</summary>
public sealed record VersionResponse
{
    /// <summary>Product.</summary>
    public PlatformName Platform { get; init; } = new();

    /// <summary>Parts.</summary>
    public IReadOnlyList<VersionComponent> Components { get; init; } = [];

    /// <summary>Version.</summary>
    public string Version { get; init; } = "";

    /// <summary>Newest API.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>Oldest API.</summary>
    public string MinAPIVersion { get; init; } = "";

    /// <summary>Commit.</summary>
    public string GitCommit { get; init; } = "";

    /// <summary>The runtime; docker's client prints this field.</summary>
    public string GoVersion { get; init; } = "";

    /// <summary>Operating system.</summary>
    public string Os { get; init; } = "linux";

    /// <summary>Architecture.</summary>
    public string Arch { get; init; } = "amd64";

    /// <summary>The endpoint VM's kernel.</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary>When it was built.</summary>
    public string BuildTime { get; init; } = "";
}
