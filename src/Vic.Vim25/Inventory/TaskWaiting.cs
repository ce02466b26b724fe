namespace Vic.Vim25;

/// <summary>Waits for the server's tasks.</summary>
public static class TaskWaiting
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a task has ended. Any number of tasks are waited for by one call on the server.</summary>
    /// <param name="client">The session.</param>
    /// <param name="task">The task, as a method whose name ends in <c>_Task</c> returned it.</param>
    /// <param name="cancelTask">
    /// When the token is cancelled: cancel the task on the server, and give it half a minute to end. Without it the task goes on.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Name, state and result of the task.</returns>
    /// <exception cref="VimFaultException">The task failed.</exception>
    public static async Task<TaskInfo> WaitForTaskAsync(
        this VimClient client, ManagedObjectReference task, bool cancelTask = true, CancellationToken cancellationToken = default)
    {
        TaskInfo info;
        try
        {
            info = await client.Tasks.WaitAsync(task, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancelTask && cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(client, task).ConfigureAwait(false);
            throw;
        }

        return info.State == TaskInfoState.Success ? info : throw new VimFaultException(
            info.Error?.Fault ?? new MethodFault(), info.Error?.LocalizedMessage ?? "", info.Name ?? info.DescriptionId);
    }

    private static async Task CancelAsync(VimClient client, ManagedObjectReference task)
    {
        await client.ReleaseAsync(new CancelTaskRequest { This = task }).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(CancelPatience);
        try
        {
            await client.Tasks.WaitAsync(task, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is VimException or OperationCanceledException)
        {
            // Forgotten by the server, or still running: the caller is told of the cancellation either way.
        }
    }
}
