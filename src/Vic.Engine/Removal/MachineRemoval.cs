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

    private static readonly string[] Properties = ["name", "runtime.powerState", "config.files.vmPathName", "config.hardware.device"];

    /// <summary>Removes the machine of a name when it is in the folder or the pool.</summary>
    public async Task RemoveByNameAsync(
        ManagedObjectReference folder, ManagedObjectReference pool, string name, ManagedObjectReference datacenter, CancellationToken cancellationToken)
    {
        var search = new SearchIndex(client, client.Content.SearchIndex!.Value);
        foreach (var parent in new[] { folder, pool })
        {
            if (await search.FindChildAsync(parent, name, cancellationToken).ConfigureAwait(false) is { Type: "VirtualMachine" } machine)
            {
                await RemoveAsync(machine, datacenter, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Powers the machine off and removes it; one that is gone already is no error.</summary>
    public async Task RemoveAsync(ManagedObjectReference reference, ManagedObjectReference datacenter, CancellationToken cancellationToken)
    {
        try
        {
            var machine = await InventoryView.ReadAsync(client, reference, Properties, cancellationToken).ConfigureAwait(false);
            await RemoveAsync(machine, datacenter, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is ManagedObjectNotFound)
        {
            // Somebody else has removed it.
        }
    }

    /// <summary>Powers the machine off, unless it is.</summary>
    public async Task PowerOffAsync(InventoryEntity entity, CancellationToken cancellationToken)
    {
        if (entity.GetValue<VirtualMachinePowerState>("runtime.powerState") is null or VirtualMachinePowerState.PoweredOff)
        {
            return;
        }

        try
        {
            var task = await new VirtualMachine(client, entity.Reference).PowerOffVMTaskAsync(cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is InvalidPowerState)
        {
            // It went off by itself in between.
        }
    }

    private async Task RemoveAsync(InventoryEntity entity, ManagedObjectReference datacenter, CancellationToken cancellationToken)
    {
        var machine = new VirtualMachine(client, entity.Reference);
        await UnlockAsync(machine, cancellationToken).ConfigureAwait(false);
        await PowerOffAsync(entity, cancellationToken).ConfigureAwait(false);
        await DetachDisksAsync(machine, entity, cancellationToken).ConfigureAwait(false);
        var task = await machine.DestroyTaskAsync(cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (entity.Get<string>("config.files.vmPathName") is { } path)
        {
            // ISOs and logs in the folder are not the machine's own: destroying leaves them.
            await new DatastoreFolders(client, datacenter).RemoveAsync(DatastoreFolder.OfFile(path), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task UnlockAsync(VirtualMachine machine, CancellationToken cancellationToken)
    {
        if (client.IsVirtualCenter && client.Content.AuthorizationManager is { } authorization)
        {
            await Faults.IgnoreMissingAsync(new AuthorizationManager(client, authorization)
                .EnableMethodsAsync([machine.Reference], [LockedMethod], LockOwner, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task DetachDisksAsync(VirtualMachine machine, InventoryEntity entity, CancellationToken cancellationToken)
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
        var task = await machine.ReconfigVMTaskAsync(spec, cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
