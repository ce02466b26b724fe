namespace Vic.Guest.Processes;

/// <summary>A program to start.</summary>
public sealed record ProcessRequest
{
    /// <summary>The program and its arguments; the program is looked up in PATH when it has no slash.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary><c>NAME=value</c> each; this is the whole environment.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Working directory; made when it is not there, as docker does.</summary>
    public string Directory { get; init; } = "/";

    /// <summary>The user it runs as.</summary>
    public ProcessIdentity Identity { get; init; } = ProcessIdentity.Root;

    /// <summary>Whether it gets a terminal of its own instead of three pipes.</summary>
    public bool Terminal { get; init; }

    /// <summary>Whether its standard input can be written; it is at its end otherwise.</summary>
    public bool StandardInput { get; init; }

    /// <summary>The mount namespace it runs in; null is the guest's own.</summary>
    public MountNamespace? Namespace { get; init; }
}
