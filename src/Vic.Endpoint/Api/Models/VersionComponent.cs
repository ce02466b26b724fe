namespace Vic.Endpoint.Api.Models;

/// <summary>A part of the engine.</summary>
public sealed record VersionComponent
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Version.</summary>
    public string Version { get; init; } = "";

    /// <summary>Facts.</summary>
    public SortedDictionary<string, string> Details { get; init; } = new();
}
