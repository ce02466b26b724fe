using Vic.Vim25;

namespace Vic.Lab.Tasks;

/// <summary>A task: its <c>info</c> is replaced whenever it moves on, under the store's lock.</summary>
internal sealed class VimTaskObject(ManagedObjectReference reference, CancellationTokenSource cancellation) : ManagedObject(reference)
{
    public TaskInfo Info
    {
        get => Read<TaskInfo>("info")!;
        set => Write("info", value);
    }

    public bool IsComplete => Info.State is TaskInfoState.Success or TaskInfoState.Error;

    /// <summary>Whether a user started the task.</summary>
    public bool IsOf(string userName) => Info.Reason is TaskReasonUser reason && reason.UserName == userName;

    public void Cancel() => cancellation.Cancel();
}
