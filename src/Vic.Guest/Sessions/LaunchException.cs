namespace Vic.Guest.Sessions;

/// <summary>A process that could not be started.</summary>
public sealed class LaunchException : Exception
{
    /// <summary>Creates the error.</summary>
    public LaunchException(LaunchFailure reason, string message)
        : base(message)
    {
        Reason = reason;
    }

    /// <summary>Why.</summary>
    public LaunchFailure Reason { get; }

    /// <summary>The exit code that a shell, and so Docker, gives for this reason.</summary>
    public int ExitCode => Reason switch
    {
        LaunchFailure.NotFound => 127,
        LaunchFailure.NoSuchDirectory => 127,
        _ => 126,
    };
}
