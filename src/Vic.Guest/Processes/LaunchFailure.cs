namespace Vic.Guest.Processes;

/// <summary>Why a program did not start. The numbers are those of the attach session's protocol.</summary>
public enum LaunchFailure : byte
{
    /// <summary>Anything else, such as a fault of the guest; the text says what.</summary>
    Other = 0,

    /// <summary>There is no such program.</summary>
    NotFound = 1,

    /// <summary>It is there and cannot be executed.</summary>
    NotExecutable = 2,

    /// <summary>The working directory cannot be entered.</summary>
    WorkingDirectory = 3,

    /// <summary>The image has no such user or group.</summary>
    User = 4,

    /// <summary>The main process has not been started, or has ended.</summary>
    NotRunning = 5,
}
