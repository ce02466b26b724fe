namespace Vic.Endpoint.Api.Models;

/// <summary>A storage driver and what it knows.</summary>
public sealed record DriverData
{
    /// <summary>Facts by name.</summary>
    public SortedDictionary<string, string>? Data { get; init; }

    /// <summary>The driver.</summary>
    public string Name { get; init; } = "";
}
