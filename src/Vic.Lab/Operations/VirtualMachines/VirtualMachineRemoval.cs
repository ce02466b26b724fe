using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Takes virtual machines out of the inventory, with or without their files; the caller holds the machine's operation lock.</summary>
internal sealed class VirtualMachineRemoval(LabWorld world)
{
    private static readonly string[] OwnSuffixes = [".vmx", ".vmxf", ".vmsd", ".nvram", ".log", ".vswp", ".vmss"];

    public async Task UnregisterAsync(VirtualMachineEntity machine, string userName)
    {
        CheckOff(machine);
        await VmxFiles.WriteAsync(world, machine, CancellationToken.None).ConfigureAwait(false);
        Leave(machine, userName);
        await machine.Machine.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Deletes the attached disks, the machine's own files, and its directory when nothing else is in it.</summary>
    public async Task DestroyAsync(VirtualMachineEntity machine, string userName, CancellationToken cancellationToken)
    {
        CheckOff(machine);
        var vmx = world.Locate(machine.VmxPath.ToString()).File;
        var disks = (machine.Config.Hardware.Device ?? []).OfType<VirtualDisk>()
            .Select(disk => disk.Backing)
            .OfType<VirtualDeviceFileBackingInfo>()
            .Select(backing => world.Locate(backing.FileName).File)
            .ToList();
        await machine.Machine.DisposeAsync().ConfigureAwait(false);
        Leave(machine, userName);
        foreach (var disk in disks.Where(File.Exists))
        {
            await world.Platform.Disks.DeleteAsync(disk, cancellationToken).ConfigureAwait(false);
        }

        DeleteFiles(vmx);
    }

    private void CheckOff(VirtualMachineEntity machine)
    {
        lock (world.Store.Gate)
        {
            if (machine.PowerState == VirtualMachinePowerState.PoweredOn)
            {
                throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
            }
        }
    }

    private void Leave(VirtualMachineEntity machine, string userName)
    {
        lock (world.Store.Gate)
        {
            if (!world.Store.TryFind(machine.Reference, out _))
            {
                throw Faults.ManagedObjectNotFound(machine.Reference);
            }

            world.Events.PostMachineEvent(new VmRemovedEvent { Template = false }, machine, userName, $"Removed {machine.Name}.");
            VirtualMachinePlacement.Leave(world, machine);
        }
    }

    private static void DeleteFiles(string vmx)
    {
        var home = Path.GetDirectoryName(vmx)!;
        if (!Directory.Exists(home))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(home))
        {
            if (OwnSuffixes.Any(suffix => file.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
            {
                File.Delete(file);
            }
        }

        if (!Directory.EnumerateFileSystemEntries(home).Any())
        {
            Directory.Delete(home);
        }
    }
}
