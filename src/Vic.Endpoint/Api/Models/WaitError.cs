namespace Vic.Endpoint.Api.Models;

/// <summary>Why a wait failed.</summary>
public sealed record WaitError
{
    /// <summary>The reason.</summary>
    public string Message { get; init; } = "";
}
