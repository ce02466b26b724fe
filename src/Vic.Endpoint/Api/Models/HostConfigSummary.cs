namespace Vic.Endpoint.Api.Models;

/// <summary>The part of the host configuration in a list.</summary>
public sealed record HostConfigSummary
{
    /// <summary>The network.</summary>
    public string NetworkMode { get; init; } = "default";
}
