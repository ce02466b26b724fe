namespace Vic.Guest.Sessions;

/// <summary>A running process as the session sees it.</summary>
public interface ISessionProcess
{
    /// <summary>Takes the process's input; closed by the session when the client closes it. Null when input is not open.</summary>
    Stream? StandardInput { get; }

    /// <summary>The process's output, or its terminal's.</summary>
    Stream StandardOutput { get; }

    /// <summary>The process's error output; null for a process with a terminal.</summary>
    Stream? StandardError { get; }

    /// <summary>Ends with the process.</summary>
    Task<ProcessExit> Exit { get; }

    /// <summary>Sets the size of the terminal.</summary>
    void Resize(int rows, int columns);

    /// <summary>Sends a signal by name (<c>TERM</c>, <c>SIGTERM</c>) or number; what is unknown is ignored.</summary>
    void Signal(string signal);
}
