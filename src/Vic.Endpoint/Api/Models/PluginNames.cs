namespace Vic.Endpoint.Api.Models;

/// <summary>Drivers by kind.</summary>
public sealed record PluginNames
{
    /// <summary>Volume drivers.</summary>
    public IReadOnlyList<string> Volume { get; init; } = [];

    /// <summary>Network drivers.</summary>
    public IReadOnlyList<string> Network { get; init; } = [];

    /// <summary>None.</summary>
    public IReadOnlyList<string>? Authorization { get; init; }

    /// <summary>Log drivers.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}
