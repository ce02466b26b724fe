using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>A line of the answer to <c>DELETE /images/{name}</c>.</summary>
public sealed record ImageDeletion
{
    /// <summary>A name that is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Untagged { get; init; }

    /// <summary>An id that is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Deleted { get; init; }
}
