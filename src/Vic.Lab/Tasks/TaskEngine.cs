using Vic.Lab.Api;
using Vic.Lab.History;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Tasks;

/// <summary>Runs tasks: each begins queued, runs outside the caller's request, reports progress, and ends with a result or a fault.</summary>
internal sealed class TaskEngine(InventoryStore store, EventLog events, TimeSpan delay, CancellationToken stopping) : IHistory<VimTaskObject>
{
    private const int RecentPerEntity = 10;
    private const int KeptTasks = 2000;

    private readonly FaultTranslation faults = new(store);
    private readonly Queue<VimTaskObject> kept = new();
    private readonly HashSet<Task> running = [];
    private readonly TaskOrder order = new();
    private readonly List<Action<VimTaskObject>> listeners = [];
    private int lastNumber;

    /// <summary>The tasks kept, oldest first; under the store's lock.</summary>
    public IEnumerable<VimTaskObject> All => kept;

    /// <summary>Has a listener told of tasks that begin, move on and end.</summary>
    public void AddListener(Action<VimTaskObject> listener) => listeners.Add(listener);

    public void RemoveListener(Action<VimTaskObject> listener) => listeners.Remove(listener);

    /// <summary>Starts a task and returns its reference at once.</summary>
    public ManagedObjectReference Start(TaskStart start, Func<TaskProgress, CancellationToken, Task<object?>> work)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lock (store.Gate)
        {
            var task = Enter(start, cancellation, new TaskInfo());
            var target = start.Entity?.Reference ?? task.Reference;
            var turn = order.Join(target);
            var run = Task.Run(() => RunAsync(task, work, turn, cancellation), CancellationToken.None);
            running.Add(run);
            run.ContinueWith(
                ended =>
                {
                    lock (store.Gate)
                    {
                        running.Remove(ended);
                        order.Leave(target, turn);
                    }
                },
                TaskScheduler.Default);
            return task.Reference;
        }
    }

    /// <summary>Notes a task whose work a client does: it says how far it is.</summary>
    /// <param name="start">What the task is.</param>
    /// <param name="details">What else the client tells of it.</param>
    public TaskInfo Announce(TaskStart start, TaskInfo details)
    {
        lock (store.Gate)
        {
            return Enter(start, cancellation: null, details).Info;
        }
    }

    /// <summary>Changes what is known of a task by a copy; under the store's lock.</summary>
    public void Change(VimTaskObject task, Action<TaskInfo> change)
    {
        var state = task.Info.State;
        var info = task.Info.ShallowClone();
        change(info);
        task.Info = info;
        if (info.State != state)
        {
            Tell(task);
        }
    }

    /// <summary>Waits for the tasks under way; the stopping token has been cancelled before.</summary>
    public async Task DrainAsync()
    {
        Task[] open;
        lock (store.Gate)
        {
            open = [.. running];
        }

        await Task.WhenAll(open).ConfigureAwait(false);
    }

    private VimTaskObject Enter(TaskStart start, CancellationTokenSource? cancellation, TaskInfo info)
    {
        var task = new VimTaskObject(store.NewReference("Task", "task-"), ++lastNumber, cancellation);
        info.Key = task.Reference.Value;
        info.Task = task.Reference;
        info.Name = start.Method;
        info.DescriptionId = start.DescriptionId;
        info.Entity = start.Entity?.Reference;
        info.EntityName = start.Entity?.Name;
        info.State = TaskInfoState.Queued;
        info.Cancelled = false;
        info.Cancelable = cancellation is not null || info.Cancelable;
        info.Reason = new TaskReasonUser { UserName = start.UserName };
        info.QueueTime = DateTime.UtcNow;
        task.Info = info;
        var told = new TaskEvent { Info = info };
        events.Post(told, start.UserName, $"Task: {TaskCatalog.LabelOf(start.DescriptionId)}", start.Entity);
        info = info.ShallowClone();
        info.EventChainId = told.ChainId;
        task.Info = info;
        store.Add(task);
        kept.Enqueue(task);
        Forget();
        if (start.Entity is { } entity)
        {
            WriteRecent(entity, task.Reference);
        }

        Tell(task);
        return task;
    }

    private async Task RunAsync(
        VimTaskObject task, Func<TaskProgress, CancellationToken, Task<object?>> work, TaskOrder.Turn turn, CancellationTokenSource cancellation)
    {
        using var chain = EventChain.Begin(task.Info.EventChainId);
        ChangeLocked(task, info =>
        {
            info.State = TaskInfoState.Running;
            info.StartTime = DateTime.UtcNow;
            info.Progress = 0;
        });
        try
        {
            var progress = new TaskProgress(percent => ChangeLocked(task, info => info.Progress = percent));
            var begun = await BeginAsync(() => work(progress, cancellation.Token), turn, cancellation.Token).ConfigureAwait(false);
            var result = await begun.ConfigureAwait(false);
            ChangeLocked(task, info =>
            {
                info.State = TaskInfoState.Success;
                info.Result = result;
                info.Progress = null;
                info.CompleteTime = DateTime.UtcNow;
            });
        }
        catch (Exception exception)
        {
            var fault = faults.Translate(exception);
            ChangeLocked(task, info =>
            {
                info.State = TaskInfoState.Error;
                info.Cancelled = exception is OperationCanceledException;
                info.Error = new LocalizedMethodFault { Fault = fault.Fault, LocalizedMessage = fault.FaultText };
                info.Progress = null;
                info.CompleteTime = DateTime.UtcNow;
            });
        }
        finally
        {
            cancellation.Dispose();
        }
    }

    /// <summary>Begins the work in its turn; the result is the work under way.</summary>
    private async Task<Task<object?>> BeginAsync(Func<Task<object?>> work, TaskOrder.Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            await turn.Before.ConfigureAwait(false);
            return work();
        }
        finally
        {
            turn.Pass();
        }
    }

    private void ChangeLocked(VimTaskObject task, Action<TaskInfo> change)
    {
        lock (store.Gate)
        {
            Change(task, change);
        }
    }

    private void Tell(VimTaskObject task)
    {
        foreach (var listener in listeners.ToArray())
        {
            listener(task);
        }
    }

    private void WriteRecent(Entity entity, ManagedObjectReference task)
    {
        var recent = entity.References("recentTask").Where(reference => store.TryFind(reference, out _)).ToList();
        recent.Add(task);
        entity.Write("recentTask", recent.TakeLast(RecentPerEntity).ToList());
    }

    private void Forget()
    {
        while (kept.Count > KeptTasks && kept.Peek().IsComplete)
        {
            store.Remove(kept.Dequeue());
        }
    }
}
