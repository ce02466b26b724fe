namespace Vic.Endpoint.Api.Models;

/// <summary>Where output is kept.</summary>
public sealed record LogConfig
{
    /// <summary>The log driver.</summary>
    public string Type { get; init; } = "json-file";

    /// <summary>Its options.</summary>
    public SortedDictionary<string, string> Config { get; init; } = new();
}
