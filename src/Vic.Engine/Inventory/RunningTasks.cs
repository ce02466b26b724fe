using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>
/// Waits for what is still under way on objects of the inventory. A call whose answer was lost, or whose caller gave up, may have left a task that nobody
/// knows; what it makes can only be removed when it has ended.
/// </summary>
internal static class RunningTasks
{
    /// <summary>Waits until no task of the given methods runs on the objects, however the tasks end.</summary>
    /// <param name="client">The session.</param>
    /// <param name="entities">The objects; those that are gone have no tasks.</param>
    /// <param name="methods">Names on the wire, such as <c>CreateVM_Task</c>; empty for any.</param>
    /// <param name="cancellationToken">Ends the wait; the tasks go on.</param>
    public static async Task SettleAsync(
        VimClient client, IReadOnlyList<ManagedObjectReference> entities, IReadOnlyList<string> methods, CancellationToken cancellationToken)
    {
        foreach (var entity in entities)
        {
            var recent = await RecentAsync(client, entity, cancellationToken).ConfigureAwait(false);
            var tasks = await client.RetrieveAsync(recent, ["info.name", "info.state"], cancellationToken).ConfigureAwait(false);
            foreach (var task in tasks.Where(task => IsRunning(task) && (methods.Count == 0 || methods.Contains(task.Get<string>("info.name")))))
            {
                await SettleAsync(client, task.Reference, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsRunning(ObjectProperties task) =>
        task.Get<TaskInfoState>("info.state") is not (TaskInfoState.Success or TaskInfoState.Error);

    private static async Task<IReadOnlyList<ManagedObjectReference>> RecentAsync(
        VimClient client, ManagedObjectReference entity, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetPropertyAsync<List<ManagedObjectReference>>(entity, "recentTask", cancellationToken).ConfigureAwait(false) ?? [];
        }
        catch (VimFaultException exception) when (Faults.IsMissing(exception))
        {
            return [];
        }
    }

    private static async Task SettleAsync(VimClient client, ManagedObjectReference task, CancellationToken cancellationToken)
    {
        try
        {
            await client.WaitForTaskAsync(task, cancelTask: false, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException)
        {
            // It has ended, and made nothing.
        }
    }
}
