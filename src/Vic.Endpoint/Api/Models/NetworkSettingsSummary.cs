namespace Vic.Endpoint.Api.Models;

/// <summary>The networks in a list.</summary>
public sealed record NetworkSettingsSummary
{
    /// <summary>By network name.</summary>
    public SortedDictionary<string, EndpointSettings> Networks { get; init; } = new();
}
