using Vic.Lab.Inventory;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Writes the .vmx files of virtual machines, each whole and by renaming.</summary>
internal static class VmxFiles
{
    /// <summary>Writes a machine's file if its configuration has changed since.</summary>
    public static async Task WriteAsync(LabWorld world, VirtualMachineEntity machine, CancellationToken cancellationToken)
    {
        string text;
        string file;
        lock (world.Store.Gate)
        {
            if (!machine.IsVmxStale)
            {
                return;
            }

            machine.IsVmxStale = false;
            text = VmxFile.Render(machine.Config, machine.HiddenVariables);
            file = world.Locate(machine.VmxPath.ToString()).File;
        }

        try
        {
            await WriteTextAsync(file, text, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            lock (world.Store.Gate)
            {
                machine.IsVmxStale = true;
            }

            throw;
        }
    }

    /// <summary>Writes the text of a .vmx file, whole or not at all.</summary>
    public static async Task WriteTextAsync(string file, string text, CancellationToken cancellationToken)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}~";
        try
        {
            await File.WriteAllTextAsync(temporary, text, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, file, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Brings a file up to date before it is read, if it is the .vmx file of a machine.</summary>
    public static async Task RefreshAsync(LabWorld world, DatastorePath path, CancellationToken cancellationToken)
    {
        if (!path.Relative.EndsWith(".vmx", StringComparison.Ordinal))
        {
            return;
        }

        VirtualMachineEntity? machine;
        lock (world.Store.Gate)
        {
            machine = world.Store.OfType<VirtualMachineEntity>().FirstOrDefault(candidate => candidate.VmxPath == path);
        }

        if (machine is not null)
        {
            await WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
        }
    }
}
