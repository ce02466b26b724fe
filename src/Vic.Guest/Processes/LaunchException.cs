namespace Vic.Guest.Processes;

/// <summary>A program did not start.</summary>
public sealed class LaunchException(LaunchFailure reason, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public LaunchFailure Reason { get; } = reason;

    /// <summary>The exit code that docker gives for this failure.</summary>
    public int ExitCode => Reason switch
    {
        LaunchFailure.NotFound => 127,
        LaunchFailure.NotExecutable => 126,
        _ => 125,
    };
}
