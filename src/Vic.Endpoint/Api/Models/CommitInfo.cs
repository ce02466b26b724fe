namespace Vic.Endpoint.Api.Models;

/// <summary>A commit; docker's client prints it.</summary>
public sealed record CommitInfo
{
    /// <summary>Commit.</summary>
    public string ID { get; init; } = "";

    /// <summary>The same.</summary>
    public string Expected { get; init; } = "";
}
