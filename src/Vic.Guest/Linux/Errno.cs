namespace Vic.Guest.Linux;

/// <summary>Error numbers of Linux on x86-64 that the guest tells apart (errno(3)).</summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Operation not permitted.</summary>
    NotPermitted = 1,

    /// <summary>No such file or directory.</summary>
    NoEntry = 2,

    /// <summary>No such process.</summary>
    NoProcess = 3,

    /// <summary>A signal arrived during the call.</summary>
    Interrupted = 4,

    /// <summary>Input/output error; a pseudo-terminal's master reports it after the last slave is closed.</summary>
    InputOutput = 5,

    /// <summary>Not a format that the kernel executes.</summary>
    ExecutableFormat = 8,

    /// <summary>No child process to wait for.</summary>
    NoChild = 10,

    /// <summary>A non-blocking call would block.</summary>
    Again = 11,

    /// <summary>Permission denied.</summary>
    Access = 13,

    /// <summary>Device or resource busy.</summary>
    Busy = 16,

    /// <summary>It is there already.</summary>
    Exists = 17,

    /// <summary>Not a directory.</summary>
    NotDirectory = 20,

    /// <summary>Is a directory.</summary>
    IsDirectory = 21,

    /// <summary>Invalid argument.</summary>
    Invalid = 22,

    /// <summary>The other end of the pipe is closed.</summary>
    Pipe = 32,

    /// <summary>Too many symbolic links.</summary>
    Loop = 40,

    /// <summary>A connection is being made.</summary>
    InProgress = 115,
}
