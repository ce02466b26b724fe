namespace Vic.Vim25;

/// <summary>Waits for the server's tasks.</summary>
public static class TaskWaiting
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a task has ended.</summary>
    /// <param name="client">The session.</param>
    /// <param name="task">The task, as a method whose name ends in <c>_Task</c> returned it.</param>
    /// <param name="progress">Told the percentage whenever the server reports one.</param>
    /// <param name="cancelTask">
    /// When the token is cancelled: cancel the task on the server, and give it half a minute to end. Without it the task goes on.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The task's information, with its result.</returns>
    /// <exception cref="VimFaultException">The task failed.</exception>
    public static async Task<TaskInfo> WaitForTaskAsync(
        this VimClient client,
        ManagedObjectReference task,
        IProgress<int>? progress = null,
        bool cancelTask = true,
        CancellationToken cancellationToken = default)
    {
        PropertyWatch watch = await PropertyWatch.StartAsync(
            client, PropertyFilters.ForObjects([task], ["info"]), cancellationToken).ConfigureAwait(false);
        try
        {
            return await FollowAsync(watch, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancelTask && cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(client, task).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await watch.CloseAsync().ConfigureAwait(false);
        }
    }

    private static async Task<TaskInfo> FollowAsync(PropertyWatch watch, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var info = new TaskInfo();
        while (true)
        {
            foreach (ObjectUpdate update in await watch.NextAsync(cancellationToken).ConfigureAwait(false))
            {
                if (update.Kind == ObjectUpdateKind.Leave)
                {
                    throw new VimFaultException(new ManagedObjectNotFound { Obj = update.Obj }, "The task is no longer known to the server");
                }

                foreach (PropertyChange change in update.ChangeSet ?? [])
                {
                    info = Apply(info, change);
                }
            }

            if (info.Progress is { } percent)
            {
                progress?.Report(percent);
            }

            switch (info.State)
            {
                case TaskInfoState.Success:
                    return info;
                case TaskInfoState.Error:
                    MethodFault fault = info.Error?.Fault ?? new MethodFault();
                    throw new VimFaultException(fault, info.Error?.LocalizedMessage ?? "", info.Name ?? info.DescriptionId);
            }
        }
    }

    /// <summary>A server sends the whole of <c>info</c> first and, as it likes, only what changed in it later.</summary>
    private static TaskInfo Apply(TaskInfo info, PropertyChange change)
    {
        switch (change.Name)
        {
            case "info":
                return change.Val as TaskInfo ?? info;
            case "info.state":
                info.State = change.Val is TaskInfoState state ? state : info.State;
                break;
            case "info.progress":
                info.Progress = change.Val as int?;
                break;
            case "info.error":
                info.Error = change.Val as LocalizedMethodFault;
                break;
            case "info.result":
                info.Result = change.Val;
                break;
            case "info.completeTime":
                info.CompleteTime = change.Val as DateTime?;
                break;
        }

        return info;
    }

    private static async Task CancelAsync(VimClient client, ManagedObjectReference task)
    {
        await client.ReleaseAsync(new CancelTaskRequest { This = task }).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(CancelPatience);
        try
        {
            await client.WaitForTaskAsync(task, progress: null, cancelTask: false, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is VimException or OperationCanceledException)
        {
            // Ended with a fault, as a cancelled task does, or still running: the caller is told of the cancellation either way.
        }
    }
}
