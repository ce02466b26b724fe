using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>A line of <c>GET /events</c>.</summary>
public sealed record EventMessage
{
    /// <summary>The action, for old clients.</summary>
    [JsonPropertyName("status")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Status { get; init; }

    /// <summary>The id, for old clients.</summary>
    [JsonPropertyName("id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Id { get; init; }

    /// <summary>The image, for old clients.</summary>
    [JsonPropertyName("from")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? From { get; init; }

    /// <summary>container, image or network.</summary>
    public string Type { get; init; } = "";

    /// <summary>What happened.</summary>
    public string Action { get; init; } = "";

    /// <summary>To what.</summary>
    public ActorView Actor { get; init; } = new();

    /// <summary>Always local.</summary>
    [JsonPropertyName("scope")]
    public string Scope { get; init; } = "local";

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("time")]
    public long Time { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    [JsonPropertyName("timeNano")]
    public long TimeNano { get; init; }
}
