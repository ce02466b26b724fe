using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>
/// A virtual machine whose creation was begun, known only by where it must appear: takes it away whether it is there, half made, or already gone.
/// </summary>
internal sealed class CreatedMachine(VimClient client, ManagedObjectReference datacenter, ManagedObjectReference parent, string name)
{
    private static readonly string[] CreatingMethods = ["CreateVM_Task", "CreateChildVM_Task", "PowerOnMultiVM_Task"];

    private DatastoreFolder? _home;

    /// <summary>
    /// The machine, when the name is taken by one of the caller's own pool: a call that was repeated on its way made it, and the other one was refused.
    /// </summary>
    public async Task<ManagedObjectReference?> FindInAsync(ManagedObjectReference pool, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken).ConfigureAwait(false);
        return await FindAsync(cancellationToken).ConfigureAwait(false) is { Type: "VirtualMachine" } machine
            && (await InventoryView.ReadAsync(client, machine, ["resourcePool"], cancellationToken).ConfigureAwait(false)).GetReference("resourcePool") == pool
            ? machine
            : null;
    }

    /// <summary>Removes machine and files; a later call goes on where one before broke off.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken).ConfigureAwait(false);
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is { Type: "VirtualMachine" } machine)
        {
            await RunningTasks.SettleAsync(client, [machine], methods: [], cancellationToken).ConfigureAwait(false);
            var removal = new MachineRemoval(client);
            var entity = await removal.ReadAsync(machine, cancellationToken).ConfigureAwait(false);
            _home = MachineRemoval.Home(entity) ?? _home;
            await removal.DestroyAsync(entity, cancellationToken).ConfigureAwait(false);
        }

        if (_home is not null)
        {
            // ISOs and logs in the folder are not the machine's own: destroying leaves them.
            await new DatastoreFolders(client, datacenter).RemoveAsync(_home, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task SettleAsync(CancellationToken cancellationToken) =>
        RunningTasks.SettleAsync(client, [parent, datacenter], CreatingMethods, cancellationToken);

    private Task<ManagedObjectReference?> FindAsync(CancellationToken cancellationToken) =>
        InventoryView.FindChildAsync(client, parent, name, cancellationToken);
}
