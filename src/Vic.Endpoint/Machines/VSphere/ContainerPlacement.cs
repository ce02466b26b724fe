using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>How container VMs are asked for: in a folder or a vApp, and on a named host where no DRS chooses one.</summary>
/// <param name="client">The session.</param>
/// <param name="folder">The inventory folder; VMs of a vApp are in none.</param>
/// <param name="pool">The resource pool or vApp.</param>
/// <param name="endpoint">The endpoint VM.</param>
internal sealed class ContainerPlacement(VimClient client, ManagedObjectReference folder, ManagedObjectReference pool, ManagedObjectReference endpoint)
{
    /// <summary>The request that creates a VM.</summary>
    public async Task<VimRequest<ManagedObjectReference>> RequestAsync(VirtualMachineConfigSpec spec, CancellationToken cancellationToken)
    {
        var host = await HostAsync(cancellationToken).ConfigureAwait(false);
        return pool.Type == "VirtualApp"
            ? new CreateChildVMTaskRequest { This = pool, Config = spec, Host = host }
            : new CreateVMTaskRequest { This = folder, Config = spec, Pool = pool, Host = host };
    }

    // The endpoint's host can reach what a container needs: networks, datastore, and the endpoint itself.
    private async Task<ManagedObjectReference?> HostAsync(CancellationToken cancellationToken)
    {
        var owner = await client.GetPropertyAsync<ManagedObjectReference>(pool, "owner", cancellationToken).ConfigureAwait(false);
        if (owner.Type != "ClusterComputeResource")
        {
            return null;
        }

        var cluster = await client.GetPropertyAsync<ClusterConfigInfoEx>(owner, "configurationEx", cancellationToken).ConfigureAwait(false);
        return cluster?.DrsConfig.Enabled ?? true
            ? null
            : await client.GetPropertyAsync<ManagedObjectReference>(endpoint, "runtime.host", cancellationToken).ConfigureAwait(false);
    }
}
