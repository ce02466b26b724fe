namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>POST /containers/create</c>.</summary>
public sealed record ContainerCreated
{
    /// <summary>Id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What was ignored, and why.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
