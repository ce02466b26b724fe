namespace Vic.PowerShell.Background;

/// <summary>How far a task is; the words of PowerCLI's tasks.</summary>
public enum VicTaskState
{
    /// <summary>It waits for a thread.</summary>
    Queued,

    /// <summary>It is under way.</summary>
    Running,

    /// <summary>It has done what was asked; <see cref="VicTask.Result"/> holds what it made.</summary>
    Success,

    /// <summary>It has failed or was stopped, and has taken back what it had begun; <see cref="VicTask.TerminatingError"/> says why.</summary>
    Error,
}
