namespace Vic.Guest.Processes;

/// <summary>Why a program did not start.</summary>
public enum LaunchFailure
{
    /// <summary>It did start.</summary>
    None = 0,

    /// <summary>There is no such program; the exit code that shells and docker give is 127.</summary>
    NotFound,

    /// <summary>It is there and cannot be executed; the exit code is 126.</summary>
    NotExecutable,

    /// <summary>The working directory cannot be entered.</summary>
    WorkingDirectory,

    /// <summary>The image has no such user or group.</summary>
    User,

    /// <summary>The guest itself failed.</summary>
    Guest,
}
