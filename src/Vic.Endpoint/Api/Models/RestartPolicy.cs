namespace Vic.Endpoint.Api.Models;

/// <summary>When a container starts again by itself.</summary>
public sealed record RestartPolicy
{
    /// <summary><c>no</c> is the only one that a VCH offers.</summary>
    public string Name { get; init; } = "no";

    /// <summary>How often.</summary>
    public int MaximumRetryCount { get; init; }
}
