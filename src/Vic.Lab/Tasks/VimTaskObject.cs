using Vic.Vim25;

namespace Vic.Lab.Tasks;

/// <summary>A task: its <c>info</c> is replaced whenever it moves on, under the store's lock.</summary>
/// <param name="reference">Its reference.</param>
/// <param name="number">Its number; a later task has a larger one.</param>
/// <param name="cancellation">What cancels its work; null when a client does the work.</param>
internal sealed class VimTaskObject(ManagedObjectReference reference, int number, CancellationTokenSource? cancellation) : ManagedObject(reference)
{
    public int Number { get; } = number;

    public TaskInfo Info
    {
        get => Read<TaskInfo>("info")!;
        set => Write("info", value);
    }

    public bool IsComplete => Info.State is TaskInfoState.Success or TaskInfoState.Error;

    /// <summary>Whether a client does the work.</summary>
    public bool IsOfClient => cancellation is null;

    /// <summary>Whether a user started the task.</summary>
    public bool IsOf(string userName) => Info.Reason is TaskReasonUser reason && reason.UserName == userName;

    public void Cancel() => cancellation?.Cancel();
}
