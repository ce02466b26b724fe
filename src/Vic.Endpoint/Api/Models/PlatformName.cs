namespace Vic.Endpoint.Api.Models;

/// <summary>The product's name.</summary>
public sealed record PlatformName
{
    /// <summary>Name.</summary>
    public string Name { get; init; } = "";
}
