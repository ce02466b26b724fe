using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Brings the DRS group of a VCH's machines to what a configuration says. While a change is under way, the keys of the endpoint VM and those of its snapshot
/// together name every group that there may be, so that a change that has broken off can be taken back.
/// </summary>
internal sealed class VmGroupChange(VimClient client, PresentVch vch)
{
    private static readonly string[] Methods = ["ReconfigureComputeResource_Task"];

    /// <summary>The group's name; empty when there is none.</summary>
    public static string NameIn(VirtualContainerHostConfiguration configuration) =>
        configuration.Containers is { UseVmGroup: true } containers ? containers.VmGroupName : "";

    /// <summary>Goes from the group of one configuration to that of another. The endpoint VM is off, so no container joins or comes meanwhile.</summary>
    /// <param name="present">The group's name before; empty for none.</param>
    /// <param name="wanted">The group's name afterwards; empty for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task BringAsync(string present, string wanted, CancellationToken cancellationToken)
    {
        if (present == wanted || vch.Compute is not { Reference.Type: "ClusterComputeResource" } cluster)
        {
            return;
        }

        await RunningTasks.SettleAsync(client, [cluster.Reference], Methods, cancellationToken).ConfigureAwait(false);
        if (wanted.Length > 0)
        {
            await new VmGroup(client, cluster.Reference, wanted).EnsureAsync(MachinesAsync, cancellationToken).ConfigureAwait(false);
        }

        if (present.Length > 0)
        {
            await new VmGroup(client, cluster.Reference, present).RemoveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes back from the group that the endpoint VM's keys name to that of a snapshot.</summary>
    public async Task BringBackAsync(ManagedObjectReference snapshot, CancellationToken cancellationToken) => await BringAsync(
        NameIn(await ReadAsync(vch.Reference, cancellationToken).ConfigureAwait(false)),
        NameIn(await ReadAsync(snapshot, cancellationToken).ConfigureAwait(false)),
        cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<ManagedObjectReference>> MachinesAsync(CancellationToken cancellationToken)
    {
        var machines = await MachineInventory.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var containers = ContainerInventory.Select(machines, VchInventory.Select(machines)).Where(container => container.HostReference == vch.Reference);
        return [vch.Reference, .. containers.Select(container => container.Reference)];
    }

    private async Task<VirtualContainerHostConfiguration> ReadAsync(ManagedObjectReference reference, CancellationToken cancellationToken)
    {
        var keys = await client.GetPropertyAsync<List<OptionValue>>(reference, "config.extraConfig", cancellationToken).ConfigureAwait(false);
        return VirtualContainerHostConfiguration.Read(new GuestInfoReader(MachineInventory.Keys(keys)));
    }
}
