namespace Vic.Endpoint.Api.Models;

/// <summary>How addresses are given.</summary>
public sealed record NetworkIpam
{
    /// <summary>Driver.</summary>
    public string Driver { get; init; } = "default";

    /// <summary>Options.</summary>
    public SortedDictionary<string, string>? Options { get; init; }

    /// <summary>Ranges.</summary>
    public IReadOnlyList<NetworkIpamPool> Config { get; init; } = [];
}
