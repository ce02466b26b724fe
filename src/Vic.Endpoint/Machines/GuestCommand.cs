namespace Vic.Endpoint.Machines;

/// <summary>A process to run in a container beside its main one.</summary>
public sealed record GuestCommand
{
    /// <summary>A name for the process, unique in the session.</summary>
    public required string Id { get; init; }

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Its whole environment, <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>User, <c>name[:group]</c> or numbers; empty = root.</summary>
    public string User { get; init; } = "";

    /// <summary>Working directory; empty = the root.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Whether it gets a terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>Whether somebody may write to its input.</summary>
    public bool OpenInput { get; init; }
}
