using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Tasks;

/// <summary>Runs tasks: each begins queued, runs outside the caller's request, reports progress, and ends with a result or a fault.</summary>
internal sealed class TaskEngine(InventoryStore store, TimeSpan delay, CancellationToken stopping)
{
    private const int RecentPerEntity = 10;
    private const int KeptTasks = 2000;

    private readonly FaultTranslation faults = new(store);
    private readonly Queue<VimTaskObject> kept = new();
    private readonly HashSet<Task> running = [];

    /// <summary>Starts a task and returns its reference at once.</summary>
    public ManagedObjectReference Start(TaskStart start, Func<TaskProgress, CancellationToken, Task<object?>> work)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var task = new VimTaskObject(store.NewReference("Task", "task-"), cancellation);
        lock (store.Gate)
        {
            task.Info = new TaskInfo
            {
                Key = task.Reference.Value,
                Task = task.Reference,
                Name = start.Method,
                DescriptionId = start.DescriptionId,
                Entity = start.Entity?.Reference,
                EntityName = start.Entity?.Name,
                State = TaskInfoState.Queued,
                Cancelled = false,
                Cancelable = true,
                Reason = new TaskReasonUser { UserName = start.UserName },
                QueueTime = DateTime.UtcNow,
                EventChainId = 0,
            };
            store.Add(task);
            kept.Enqueue(task);
            Forget();
            if (start.Entity is { } entity)
            {
                WriteRecent(entity, task.Reference);
            }

            var run = Task.Run(() => RunAsync(task, work, cancellation), CancellationToken.None);
            running.Add(run);
            run.ContinueWith(
                ended =>
                {
                    lock (store.Gate)
                    {
                        running.Remove(ended);
                    }
                },
                TaskScheduler.Default);
        }

        return task.Reference;
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

    private async Task RunAsync(
        VimTaskObject task, Func<TaskProgress, CancellationToken, Task<object?>> work, CancellationTokenSource cancellation)
    {
        Change(task, info =>
        {
            info.State = TaskInfoState.Running;
            info.StartTime = DateTime.UtcNow;
            info.Progress = 0;
        });
        try
        {
            await Task.Delay(delay, cancellation.Token).ConfigureAwait(false);
            var result = await work(new TaskProgress(percent => Change(task, info => info.Progress = percent)), cancellation.Token)
                .ConfigureAwait(false);
            Change(task, info =>
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
            Change(task, info =>
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

    private void Change(VimTaskObject task, Action<TaskInfo> change)
    {
        lock (store.Gate)
        {
            var info = task.Info.ShallowClone();
            change(info);
            task.Info = info;
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
