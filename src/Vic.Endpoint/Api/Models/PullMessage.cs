using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>A line of <c>POST /images/create</c>.</summary>
public sealed record PullMessage
{
    /// <summary>What happens.</summary>
    [JsonPropertyName("status")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Status { get; init; }

    /// <summary>How far.</summary>
    [JsonPropertyName("progressDetail")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PullProgressDetail? ProgressDetail { get; init; }

    /// <summary>Layer or tag.</summary>
    [JsonPropertyName("id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Id { get; init; }

    /// <summary>Why it failed.</summary>
    [JsonPropertyName("errorDetail")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PullErrorDetail? ErrorDetail { get; init; }

    /// <summary>Why it failed, as text.</summary>
    [JsonPropertyName("error")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Error { get; init; }
}
