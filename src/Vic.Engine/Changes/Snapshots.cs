using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Snapshots of an endpoint VM: taken, gone back to, and removed.</summary>
internal static class Snapshots
{
    /// <summary>Takes a snapshot of a machine that is off.</summary>
    public static async Task TakeAsync(
        VimClient client, ManagedObjectReference machine, string name, string description, CancellationToken cancellationToken)
    {
        var task = await new VirtualMachine(client, machine).CreateSnapshotTaskAsync(
            name, description: description, memory: false, quiesce: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a machine that is off the state of a snapshot, but for some keys, and leaves it off.</summary>
    /// <param name="client">The session.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="snapshot">Its snapshot.</param>
    /// <param name="keys">What the machine is to have whatever the snapshot says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task RevertAsync(
        VimClient client, ManagedObjectReference machine, ManagedObjectReference snapshot, List<OptionValue> keys, CancellationToken cancellationToken)
    {
        var task = await new VirtualMachineSnapshot(client, snapshot).RevertToSnapshotTaskAsync(
            suppressPowerOn: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        await MachineTasks.ReconfigureAsync(client, machine, new VirtualMachineConfigSpec { ExtraConfig = keys }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The keys that no return to an earlier state takes away: a client that was locked out since then stays out.</summary>
    public static async Task<List<OptionValue>> ReadRevocationsAsync(VimClient client, ManagedObjectReference machine, CancellationToken cancellationToken)
    {
        var options = await client.GetPropertyAsync<List<OptionValue>>(machine, "config.extraConfig", cancellationToken).ConfigureAwait(false);
        return MachineInventory.Keys(options).TryGetValue(GuestInfoNames.RevocationLists, out var lists)
            ? [new OptionValue { Key = GuestInfoNames.RevocationLists, Value = lists }]
            : [];
    }

    /// <summary>Removes a snapshot; those that grew from it stay. One that is gone already is no error.</summary>
    public static async Task RemoveAsync(VimClient client, ManagedObjectReference snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var task = await new VirtualMachineSnapshot(client, snapshot).RemoveSnapshotTaskAsync(
                removeChildren: false, consolidate: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is ManagedObjectNotFound)
        {
            // An earlier attempt has removed it.
        }
    }
}
