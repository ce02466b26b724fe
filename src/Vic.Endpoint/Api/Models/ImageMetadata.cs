namespace Vic.Endpoint.Api.Models;

/// <summary>What the store knows of an image.</summary>
public sealed record ImageMetadata
{
    /// <summary>Not kept.</summary>
    public string LastTagTime { get; init; } = "0001-01-01T00:00:00Z";
}
