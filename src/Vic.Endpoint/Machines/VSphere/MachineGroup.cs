using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>
/// The DRS group that an administrator's affinity rules refer to: every container VM joins it, and leaves it when it is destroyed.
/// vSphere takes a group's members as a whole (API reference, <c>ClusterVmGroup</c>), so one joins after the other.
/// </summary>
/// <param name="client">The session.</param>
/// <param name="pool">A pool of the cluster.</param>
/// <param name="name">The group's name; empty = there is none.</param>
internal sealed class MachineGroup(VimClient client, ManagedObjectReference pool, string name) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <exception cref="InvalidOperationException">Somebody has removed the group.</exception>
    public async Task JoinAsync(ManagedObjectReference machine, CancellationToken cancellationToken)
    {
        if (name.Length == 0)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var cluster = await client.GetPropertyAsync<ManagedObjectReference>(pool, "owner", cancellationToken).ConfigureAwait(false);
            var configuration = await client.GetPropertyAsync<ClusterConfigInfoEx>(cluster, "configurationEx", cancellationToken).ConfigureAwait(false);
            var group = configuration?.Group?.OfType<ClusterVmGroup>().FirstOrDefault(group => group.Name == name)
                ?? throw new InvalidOperationException($"the DRS group '{name}' of this virtual container host is gone");
            var change = new ClusterGroupSpec
            {
                Operation = ArrayUpdateOperation.Edit,
                Info = new ClusterVmGroup { Name = name, UserCreated = group.UserCreated, Vm = [.. group.Vm ?? [], machine] },
            };
            var task = await client.InvokeAsync(
                new ReconfigureComputeResourceTaskRequest { This = cluster, Spec = new ClusterConfigSpecEx { GroupSpec = [change] }, Modify = true },
                cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
