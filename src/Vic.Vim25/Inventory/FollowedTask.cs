namespace Vic.Vim25;

/// <summary>What is known of a task that somebody waits for. Its owner's lock guards it.</summary>
internal sealed class FollowedTask
{
    private readonly TaskCompletionSource<TaskInfo> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskInfo _info = new();

    public FollowedTask() =>
        // Everybody may have given up by the time it fails.
        _ended.Task.ContinueWith(
            static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Completes when the task has ended, well or badly; fails when it cannot be followed.</summary>
    public Task<TaskInfo> Ended => _ended.Task;

    /// <summary>How many callers wait.</summary>
    public int Waiters { get; set; }

    /// <summary>Has the server been asked to tell of it?</summary>
    public bool IsEntered { get; set; }

    /// <summary>Has it ended, or does nobody care any more?</summary>
    public bool IsDone => _ended.Task.IsCompleted || Waiters == 0;

    public void Fail(Exception reason) => _ended.TrySetException(reason);

    public void Apply(PropertyChange change)
    {
        switch (change.Name)
        {
            case "info.name":
                _info.Name = change.Val as string;
                break;
            case "info.descriptionId":
                _info.DescriptionId = change.Val as string ?? "";
                break;
            case "info.state":
                _info.State = change.Val is TaskInfoState state ? state : _info.State;
                break;
            case "info.error":
                _info.Error = change.Val as LocalizedMethodFault;
                break;
            case "info.result":
                _info.Result = change.Val;
                break;
        }
    }

    public void EndIfOver()
    {
        if (_info.State is TaskInfoState.Success or TaskInfoState.Error)
        {
            _ended.TrySetResult(_info);
        }
    }
}
