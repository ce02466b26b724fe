namespace Vic.Guest.Processes;

/// <summary>A program did not start.</summary>
public sealed class LaunchException(LaunchFailure reason, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public LaunchFailure Reason { get; } = reason;

    /// <summary>The exit code that a shell, and so docker, gives for this reason.</summary>
    public int ExitCode => Reason is LaunchFailure.NotFound or LaunchFailure.WorkingDirectory ? 127 : 126;
}
