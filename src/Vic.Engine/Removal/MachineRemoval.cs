using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>Removes one virtual machine of a VCH with its folder, and never the disks that it shares.</summary>
internal sealed class MachineRemoval(VimClient client)
{
    /// <summary>The method that vCenter refuses while a VCH owns the machine.</summary>
    public const string LockedMethod = "Destroy_Task";

    /// <summary>The name under which a VCH locks its machines (vmware/vic, lib/install/management).</summary>
    public const string LockOwner = "VIC";

    /// <summary>How long one machine may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string[] Properties = ["name", "runtime.powerState", "config.files.vmPathName", "config.hardware.device"];

    /// <summary>Powers the machine off and takes it out of the inventory; one that is gone already is no error.</summary>
    public async Task RemoveFromInventoryAsync(ManagedObjectReference reference, CancellationToken cancellationToken)
    {
        try
        {
            await DestroyAsync(await ReadAsync(reference, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (Faults.IsGone(exception, reference))
        {
            // Somebody else has removed it.
        }
    }

    /// <summary>
    /// Removes a machine and its folder as one: when the machine is gone, nothing tells any more what the folder was. So no caller's token ends it.
    /// </summary>
    public async Task RemoveWithFolderAsync(InventoryEntity machine, ManagedObjectReference datacenter, Leftovers left)
    {
        using var limit = new CancellationTokenSource(Patience);
        await Leftovers.InsistAsync(token => RemoveFromInventoryAsync(machine.Reference, token), limit.Token).ConfigureAwait(false);
        if (Home(machine) is { } home)
        {
            // ISOs and logs in the folder are not the machine's own: destroying leaves them.
            await left.RemoveAsync(
                $"the folder '{home}'", token => new DatastoreFolders(client, datacenter).RemoveAsync(home, token), limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Powers the machine off, unless it is.</summary>
    public async Task PowerOffAsync(InventoryEntity entity, CancellationToken cancellationToken)
    {
        if (entity.GetValue<VirtualMachinePowerState>("runtime.powerState") is not (null or VirtualMachinePowerState.PoweredOff))
        {
            await MachineTasks.PowerOffAsync(client, entity.Reference, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what removing needs to know.</summary>
    public Task<InventoryEntity> ReadAsync(ManagedObjectReference machine, CancellationToken cancellationToken) =>
        InventoryView.ReadAsync(client, machine, Properties, cancellationToken);

    /// <summary>The folder of the machine's files; null while it has none.</summary>
    public static DatastoreFolder? Home(InventoryEntity machine) =>
        machine.Get<string>("config.files.vmPathName") is { } path ? DatastoreFolder.OfFile(path) : null;

    /// <summary>Powers the machine off and takes it out of the inventory; shared disks and foreign files stay.</summary>
    public async Task DestroyAsync(InventoryEntity entity, CancellationToken cancellationToken)
    {
        var machine = new VirtualMachine(client, entity.Reference);
        await UnlockAsync(machine, cancellationToken).ConfigureAwait(false);
        await PowerOffAsync(entity, cancellationToken).ConfigureAwait(false);
        await DetachDisksAsync(entity, cancellationToken).ConfigureAwait(false);
        var task = await machine.DestroyTaskAsync(cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private async Task UnlockAsync(VirtualMachine machine, CancellationToken cancellationToken)
    {
        if (client.IsVirtualCenter && client.Content.AuthorizationManager is { } authorization)
        {
            try
            {
                await new AuthorizationManager(client, authorization)
                    .EnableMethodsAsync([machine.Reference], [LockedMethod], LockOwner, cancellationToken).ConfigureAwait(false);
            }
            catch (VimFaultException exception) when (Faults.IsMissing(exception) || Faults.IsUnknownMethod(exception))
            {
                // It was not locked.
            }
        }
    }

    private async Task DetachDisksAsync(InventoryEntity entity, CancellationToken cancellationToken)
    {
        // Destroying a machine destroys its disks and, on ESXi, what they are based on: the layers of an image.
        var disks = entity.Get<IReadOnlyList<VirtualDevice>>("config.hardware.device")?.OfType<VirtualDisk>().ToList() ?? [];
        if (disks.Count == 0)
        {
            return;
        }

        var spec = new VirtualMachineConfigSpec
        {
            DeviceChange = disks.Select(disk => new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, Device = disk }).ToList(),
        };
        await MachineTasks.ReconfigureAsync(client, entity.Reference, spec, cancellationToken).ConfigureAwait(false);
    }
}
