using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Tasks of one virtual machine, waited for.</summary>
internal static class MachineTasks
{
    public static async Task ReconfigureAsync(
        VimClient client, ManagedObjectReference machine, VirtualMachineConfigSpec spec, CancellationToken cancellationToken)
    {
        var task = await new VirtualMachine(client, machine).ReconfigVMTaskAsync(spec, cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a snapshot of a machine that is off.</summary>
    public static async Task SnapshotAsync(
        VimClient client, ManagedObjectReference machine, string name, string description, CancellationToken cancellationToken)
    {
        var task = await new VirtualMachine(client, machine).CreateSnapshotTaskAsync(
            name, description: description, memory: false, quiesce: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a machine that is off the state of a snapshot, and leaves it off.</summary>
    public static async Task RevertAsync(VimClient client, ManagedObjectReference snapshot, CancellationToken cancellationToken)
    {
        var task = await new VirtualMachineSnapshot(client, snapshot).RevertToSnapshotTaskAsync(
            suppressPowerOn: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a snapshot; those that grew from it stay. One that is gone already is no error.</summary>
    public static async Task RemoveSnapshotAsync(VimClient client, ManagedObjectReference snapshot, CancellationToken cancellationToken)
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
