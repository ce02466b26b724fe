using System.Text.Json.Serialization;

namespace Vic.Endpoint.Api.Models;

/// <summary>The body of <c>POST /containers/{id}/exec</c>.</summary>
public sealed record ExecCreateRequest
{
    /// <summary>User.</summary>
    public string User { get; init; } = "";

    /// <summary>Refused.</summary>
    public bool Privileged { get; init; }

    /// <summary>Whether it gets a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Input.</summary>
    public bool AttachStdin { get; init; }

    /// <summary>Standard error.</summary>
    public bool AttachStderr { get; init; }

    /// <summary>Standard output.</summary>
    public bool AttachStdout { get; init; }

    /// <summary>Not attached.</summary>
    public bool Detach { get; init; }

    /// <summary>Keys that detach.</summary>
    public string DetachKeys { get; init; } = "";

    /// <summary>Variables.</summary>
    public List<string>? Env { get; init; }

    /// <summary>Working directory.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>Program and arguments.</summary>
    [JsonConverter(typeof(StringOrListConverter))]
    public List<string>? Cmd { get; init; }

    /// <summary>Height and width of the terminal.</summary>
    public List<int>? ConsoleSize { get; init; }
}
