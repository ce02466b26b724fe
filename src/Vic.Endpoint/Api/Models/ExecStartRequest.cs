namespace Vic.Endpoint.Api.Models;

/// <summary>The body of <c>POST /exec/{id}/start</c>.</summary>
public sealed record ExecStartRequest
{
    /// <summary>Not attached.</summary>
    public bool Detach { get; init; }

    /// <summary>Terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Height and width of the terminal.</summary>
    public List<int>? ConsoleSize { get; init; }
}
