namespace Vic.Guest.Sessions;

/// <summary>How a process ended.</summary>
public sealed class ProcessExit
{
    /// <summary>Creates the record of an end.</summary>
    public ProcessExit(int code, int signal)
    {
        Code = code;
        Signal = signal;
    }

    /// <summary>The exit code as Docker counts: 128 and the signal's number for a process that a signal ended.</summary>
    public int Code { get; }

    /// <summary>The number of the signal that ended the process; 0 when it ended by itself.</summary>
    public int Signal { get; }
}
