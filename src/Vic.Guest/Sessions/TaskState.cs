namespace Vic.Guest.Sessions;

/// <summary>Where a process of the guest is in its life.</summary>
public enum TaskState : byte
{
    /// <summary>It has not been asked to run.</summary>
    Waiting = 0,

    /// <summary>It is being started.</summary>
    Starting = 1,

    /// <summary>It runs.</summary>
    Running = 2,

    /// <summary>It could not be started.</summary>
    Failed = 3,

    /// <summary>It has ended.</summary>
    Exited = 4,
}
