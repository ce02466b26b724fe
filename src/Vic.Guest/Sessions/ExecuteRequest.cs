namespace Vic.Guest.Sessions;

/// <summary>A further process to run in a container.</summary>
public sealed class ExecuteRequest
{
    /// <summary>The caller's name for the process, such as Docker's exec id.</summary>
    public string Label { get; init; } = "";

    /// <summary>The command and its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The environment as <c>NAME=value</c>, beyond that of the main process.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The user with or without <c>:group</c>; that of the main process when empty.</summary>
    public string User { get; init; } = "";

    /// <summary>The working directory; that of the main process when empty.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Whether the process gets a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether standard input is open; it is at its end at once otherwise.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Whether the process keeps every capability.</summary>
    public bool Privileged { get; init; }

    /// <summary>Rows of the terminal; 0 when unknown.</summary>
    public int Rows { get; init; }

    /// <summary>Columns of the terminal; 0 when unknown.</summary>
    public int Columns { get; init; }
}
