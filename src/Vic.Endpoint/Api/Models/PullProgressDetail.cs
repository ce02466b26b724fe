using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>How far a layer is.</summary>
public sealed record PullProgressDetail
{
    /// <summary>Bytes done.</summary>
    [JsonPropertyName("current")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? Current { get; init; }

    /// <summary>Bytes in all.</summary>
    [JsonPropertyName("total")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long? Total { get; init; }
}
