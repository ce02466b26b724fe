namespace Vic.Endpoint.Api.Models;

/// <summary>What an event is about.</summary>
public sealed record ActorView
{
    /// <summary>Id.</summary>
    public string ID { get; init; } = "";

    /// <summary>Facts.</summary>
    public SortedDictionary<string, string> Attributes { get; init; } = new();
}
