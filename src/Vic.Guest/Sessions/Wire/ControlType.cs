namespace Vic.Guest.Sessions.Wire;

/// <summary>A message of the control stream. 32 to 63 are kept for archives.</summary>
internal enum ControlType : byte
{
    /// <summary>To the guest: let the main process run.</summary>
    Start = 1,

    /// <summary>To the guest: run a further process.</summary>
    Execute = 2,

    /// <summary>To the guest: the terminal has another size.</summary>
    Resize = 3,

    /// <summary>To the guest: send a signal.</summary>
    Signal = 4,

    /// <summary>To the guest: read the configuration again.</summary>
    Reload = 5,

    /// <summary>To the guest: end the main process, then the machine.</summary>
    Shutdown = 6,

    /// <summary>From the guest: a process runs.</summary>
    Started = 16,

    /// <summary>From the guest: a process could not be started.</summary>
    LaunchFailed = 17,

    /// <summary>From the guest: a process ended.</summary>
    Exited = 18,
}
