using Vic.Vim25;

namespace Vic.Lab.Tasks;

/// <summary>
/// Lets the tasks of one object begin in the order in which they were asked for, whatever threads and timers do. Only the beginning waits: what locks a
/// task takes, it has asked for when the next one begins. Used under the store's lock.
/// </summary>
internal sealed class TaskOrder
{
    private readonly Dictionary<ManagedObjectReference, Turn> last = [];

    /// <summary>Takes the next turn at an object.</summary>
    public Turn Join(ManagedObjectReference target)
    {
        var turn = new Turn(last.GetValueOrDefault(target));
        last[target] = turn;
        return turn;
    }

    /// <summary>Forgets a turn that is over, unless another one waits for it.</summary>
    public void Leave(ManagedObjectReference target, Turn turn)
    {
        if (last.GetValueOrDefault(target) == turn)
        {
            last.Remove(target);
        }
    }

    /// <summary>One task's place in the order.</summary>
    internal sealed class Turn(Turn? before)
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the task before has begun.</summary>
        public Task Before { get; } = before?.begun.Task ?? Task.CompletedTask;

        /// <summary>Lets the next one begin.</summary>
        public void Pass() => begun.TrySetResult();
    }
}
