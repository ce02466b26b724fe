using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Storage;

/// <summary>
/// Which files of datastores must stay as they are: disks that a running machine or another disk needs, the .vmx file of a machine that is on, and
/// the image in its drive.
/// </summary>
internal sealed class DatastoreFileLocks(LabWorld world)
{
    /// <summary>Checks that a file, or everything in a directory, may be deleted, moved or overwritten.</summary>
    /// <exception cref="VimFaultException">FileLocked, with the file that is needed.</exception>
    public void RequireFree(string file)
    {
        if (world.Platform.Disks.UserOf(file) is not null || HeldByMachines().FirstOrDefault(held => IsAtOrBelow(held, file)) is not null)
        {
            throw Faults.FileLocked(world.PathOf(file) ?? default);
        }
    }

    private List<string> HeldByMachines()
    {
        lock (world.Store.Gate)
        {
            return
            [
                .. world.Store.OfType<VirtualMachineEntity>()
                    .Where(machine => machine.PowerState == VirtualMachinePowerState.PoweredOn)
                    .SelectMany(FilesOf)
                    .Select(path => world.Locate(path).File),
            ];
        }
    }

    private static IEnumerable<string> FilesOf(VirtualMachineEntity machine)
        => (machine.Config.Hardware.Device ?? [])
            .Where(device => device is VirtualCdrom { Connectable.Connected: true })
            .Select(device => (device.Backing as VirtualCdromIsoBackingInfo)?.FileName)
            .Append(machine.Config.Files.VmPathName)
            .OfType<string>()
            .Where(path => path.Length > 0);

    private static bool IsAtOrBelow(string file, string at)
        => file == at || file.StartsWith(at + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
