using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>A DRS group of virtual machines, which an administrator's affinity rules can refer to (vSphere API reference, <c>ClusterVmGroup</c>).</summary>
/// <param name="client">The session.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="name">The group's name.</param>
internal sealed class VmGroup(VimClient client, ManagedObjectReference cluster, string name)
{
    public string Name => name;

    /// <summary>Makes the group; vSphere takes none without a member.</summary>
    public Task CreateAsync(IReadOnlyList<ManagedObjectReference> machines, CancellationToken cancellationToken) => ChangeAsync(
        new ClusterGroupSpec { Operation = ArrayUpdateOperation.Add, Info = new ClusterVmGroup { Name = name, UserCreated = true, Vm = [.. machines] } },
        cancellationToken);

    /// <summary>Makes the group, unless it is there.</summary>
    /// <param name="machines">Finds its members.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task EnsureAsync(Func<CancellationToken, Task<IReadOnlyList<ManagedObjectReference>>> machines, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            await CreateAsync(await machines(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the group; one that is not there needs no removing.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            await ChangeAsync(new ClusterGroupSpec { Operation = ArrayUpdateOperation.Remove, RemoveKey = name }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        var configuration = await client.GetPropertyAsync<ClusterConfigInfoEx>(cluster, "configurationEx", cancellationToken).ConfigureAwait(false);
        return configuration?.Group?.Any(group => group.Name == name) == true;
    }

    private async Task ChangeAsync(ClusterGroupSpec change, CancellationToken cancellationToken)
    {
        var task = await new ComputeResource(client, cluster).ReconfigureComputeResourceTaskAsync(
            new ClusterConfigSpecEx { GroupSpec = [change] }, modify: true, cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
