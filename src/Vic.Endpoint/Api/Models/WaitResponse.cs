using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The answer to <c>POST /containers/{id}/wait</c>.</summary>
public sealed record WaitResponse
{
    /// <summary>Exit code.</summary>
    public int StatusCode { get; init; }

    /// <summary>Why the container could not be waited for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public WaitError? Error { get; init; }
}
