using Vic.Vim25;

namespace Vic.Machines.Benchmarks;

/// <summary>Calls that are a task on the server, run to its end.</summary>
internal static class TaskCalls
{
    public static async Task<TaskInfo> RunAsync(
        this VimClient client, VimRequest<ManagedObjectReference> request, CancellationToken cancellationToken) =>
        await client.WaitForTaskAsync(await client.InvokeAsync(request, cancellationToken), cancellationToken: cancellationToken);
}
