namespace Vic.Guest.Sessions;

/// <summary>Why a process could not be started.</summary>
public enum LaunchFailure : byte
{
    /// <summary>Anything else; the text says what.</summary>
    Other = 0,

    /// <summary>The executable does not exist; a shell would give 127.</summary>
    NotFound = 1,

    /// <summary>The file cannot be executed; a shell would give 126.</summary>
    NotExecutable = 2,

    /// <summary>The working directory does not exist.</summary>
    NoSuchDirectory = 3,

    /// <summary>The user or the group does not exist.</summary>
    UserNotFound = 4,

    /// <summary>The main process has not been started, or has ended.</summary>
    NotRunning = 5,
}
