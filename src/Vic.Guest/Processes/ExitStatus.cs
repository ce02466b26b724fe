namespace Vic.Guest.Processes;

/// <summary>How a process ended.</summary>
/// <param name="Code">What it returned; 128 plus the signal's number when a signal ended it.</param>
/// <param name="Signal">The signal that ended it, or 0.</param>
public readonly record struct ExitStatus(int Code, int Signal)
{
    /// <summary>Decodes the status that wait(2) returns.</summary>
    internal static ExitStatus FromWaitStatus(int status)
    {
        var signal = status & 0x7F;
        return signal == 0 ? new ExitStatus((status >> 8) & 0xFF, 0) : new ExitStatus(128 + signal, signal);
    }
}
