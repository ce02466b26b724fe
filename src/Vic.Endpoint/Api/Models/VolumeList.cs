namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>GET /volumes</c>.</summary>
public sealed record VolumeList
{
    /// <summary>Volumes.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Warnings.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
