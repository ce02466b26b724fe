using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>How container VMs are asked for: in a folder or a vApp, and on a named host where no DRS chooses one.</summary>
/// <param name="client">The session.</param>
/// <param name="folder">The inventory folder; VMs of a vApp are in none.</param>
/// <param name="pool">The resource pool or vApp.</param>
/// <param name="endpoint">The endpoint VM.</param>
internal sealed class ContainerPlacement(VimClient client, ManagedObjectReference folder, ManagedObjectReference pool, ManagedObjectReference endpoint)
{
    private bool? _isServersChoice;

    /// <summary>The request that creates a VM.</summary>
    public async Task<VimRequest<ManagedObjectReference>> RequestAsync(VirtualMachineConfigSpec spec, CancellationToken cancellationToken)
    {
        // Asked once: a cluster that loses DRS loses its pools too, and one that gains it still takes a named host.
        _isServersChoice ??= await IsServersChoiceAsync(cancellationToken).ConfigureAwait(false);

        // The endpoint's host can reach what a container needs: networks, datastore, and the endpoint itself.
        ManagedObjectReference? host = _isServersChoice.Value
            ? null
            : await client.GetPropertyAsync<ManagedObjectReference>(endpoint, "runtime.host", cancellationToken).ConfigureAwait(false);
        return pool.Type == "VirtualApp"
            ? new CreateChildVMTaskRequest { This = pool, Config = spec, Host = host }
            : new CreateVMTaskRequest { This = folder, Config = spec, Pool = pool, Host = host };
    }

    // On a single host there is no choice; in a cluster DRS makes it.
    private async Task<bool> IsServersChoiceAsync(CancellationToken cancellationToken)
    {
        var owner = await client.GetPropertyAsync<ManagedObjectReference>(pool, "owner", cancellationToken).ConfigureAwait(false);
        if (owner.Type != "ClusterComputeResource")
        {
            return true;
        }

        var cluster = await client.GetPropertyAsync<ClusterConfigInfoEx>(owner, "configurationEx", cancellationToken).ConfigureAwait(false);
        return cluster?.DrsConfig.Enabled ?? true;
    }
}
