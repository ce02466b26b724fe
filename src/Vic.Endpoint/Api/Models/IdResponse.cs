namespace Vic.Endpoint.Api.Models;

/// <summary>An answer that is an id.</summary>
public sealed record IdResponse
{
    /// <summary>Id.</summary>
    public string Id { get; init; } = "";
}
