using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Creates virtual machines: home directory, disks, .vmx file, inventory; all of it or nothing.</summary>
internal sealed class VirtualMachineCreation(LabWorld world)
{
    /// <exception cref="VimFaultException">The specification is wrong, a name is taken, a file is missing.</exception>
    public async Task<ManagedObjectReference> CreateAsync(
        VirtualMachineConfigSpec spec,
        FolderEntity? folder,
        ResourcePoolEntity pool,
        ManagedObjectReference? hostReference,
        string userName,
        IProgress<int> progress,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(spec.Name))
        {
            throw Faults.InvalidName(string.Empty);
        }

        HostEntity host;
        lock (world.Store.Gate)
        {
            host = VirtualMachinePlacement.ChooseHost(world, pool, hostReference);
            CheckName(spec.Name, folder, pool);
        }

        var (datastore, vmx) = ChooseHome(spec.Files?.VmPathName, spec.Name);
        var home = Path.GetDirectoryName(datastore.Locate(vmx))!;
        if (File.Exists(datastore.Locate(vmx)))
        {
            throw Faults.FileAlreadyExists(vmx);
        }

        world.Space.Require(datastore.Locate(vmx), 0);
        var madeHome = !Directory.Exists(home);
        Directory.CreateDirectory(home);
        var actions = new DiskActions(world.Platform.Disks);
        VirtualMachineEntity? machine = null;
        try
        {
            progress.Report(10);
            var (config, plan, hidden) = Plan(spec, vmx, datastore);
            await actions.RunAsync(plan.Before, cancellationToken).ConfigureAwait(false);
            progress.Report(60);
            machine = Make(config, folder);
            if (!string.IsNullOrEmpty(hidden))
            {
                machine.HiddenVariables[ConfigurationChange.HiddenVariable] = hidden;
            }

            await VmxFiles.WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
            progress.Report(90);
            lock (world.Store.Gate)
            {
                // Another call may have taken the name, or removed the folder, while the disks were made.
                CheckName(spec.Name, folder, pool);
                CheckAlive(folder);
                CheckAlive(pool);
                VirtualMachinePlacement.Enter(world, machine, folder, pool, host);
                world.Events.PostMachineEvent(new VmCreatedEvent { Template = false }, machine, userName, $"Created virtual machine {machine.Name}.");
            }

        }
        catch
        {
            await actions.UndoAsync().ConfigureAwait(false);
            if (machine is not null)
            {
                await machine.Machine.DisposeAsync().ConfigureAwait(false);
            }

            File.Delete(datastore.Locate(vmx));
            if (madeHome && !Directory.EnumerateFileSystemEntries(home).Any())
            {
                Directory.Delete(home);
            }

            throw;
        }

        VirtualMachineLayout.Refresh(world, machine);
        world.RefreshSpace();
        return machine.Reference;
    }

    /// <summary>A machine object around a finished configuration, not yet in the inventory.</summary>
    public VirtualMachineEntity Make(VirtualMachineConfigInfo config, FolderEntity? folder)
    {
        var reference = world.Store.NewReference("VirtualMachine", world.IsVCenter ? "vm-" : string.Empty);
        var machine = new VirtualMachineEntity(reference, config, folder?.Reference) { IsVmxStale = true };
        machine.Attach(world.Platform.Runtime.Create(
            MachineConfigurations.From(world, reference, config, running: false),
            new VirtualMachineObserver(world, machine)));
        return machine;
    }

    private (VirtualMachineConfigInfo Config, DevicePlan Plan, string? Hidden) Plan(
        VirtualMachineConfigSpec spec, DatastorePath vmx, DatastoreEntity datastore)
    {
        var start = NewVirtualMachine.Configuration(spec.Name!, vmx, datastore.Url);
        var config = ConfigurationChange.Apply(start, spec);
        var plan = DevicePlanner.Plan(
            config.Hardware.Device ?? [],
            spec.DeviceChange ?? [],
            new DiskBackings(world, vmx.Parent, spec.Name!),
            new DeviceBackings(world));
        var (visible, hidden) = ConfigurationChange.Variables(spec);
        config.Hardware.Device = plan.Devices;
        config.ExtraConfig = ExtraConfiguration.Merge(config.ExtraConfig, [.. plan.Variables, .. visible]);
        return (config, plan, hidden);
    }

    /// <summary>
    /// The path of the .vmx file: as asked, or in a new directory named after the machine on the datastore that was asked for.
    /// </summary>
    private (DatastoreEntity Datastore, DatastorePath Vmx) ChooseHome(string? asked, string name)
    {
        lock (world.Store.Gate)
        {
            if (string.IsNullOrEmpty(asked))
            {
                asked = $"[{world.Store.OfType<DatastoreEntity>().First().Name}]";
            }

            if (!DatastorePath.TryParse(asked, out var path))
            {
                throw Faults.InvalidDatastorePath(asked);
            }

            var datastore = world.FindDatastore(path.Datastore) ?? throw Faults.InvalidDatastore(path.Datastore);
            if (path.Relative.EndsWith(".vmx", StringComparison.Ordinal))
            {
                return (datastore, path);
            }

            var stem = VirtualMachinePaths.FileStem(name);
            if (path.Relative.Length > 0)
            {
                return (datastore, path.Combine(stem + ".vmx"));
            }

            for (var number = 0; ; number++)
            {
                var directory = path.Combine(number == 0 ? stem : $"{stem}_{number.ToString(CultureInfo.InvariantCulture)}");
                if (!Directory.Exists(datastore.Locate(directory)))
                {
                    return (datastore, directory.Combine(stem + ".vmx"));
                }
            }
        }
    }

    private void CheckName(string name, FolderEntity? folder, ResourcePoolEntity pool)
    {
        var siblings = folder is not null ? folder.Children : pool.References("vm");
        var taken = siblings.Select(world.Store.Find<Entity>).FirstOrDefault(sibling => sibling?.Name == name);
        if (taken is not null)
        {
            throw Faults.DuplicateName(name, taken.Reference);
        }
    }

    private void CheckAlive(Entity? entity)
    {
        if (entity is not null && !world.Store.TryFind(entity.Reference, out _))
        {
            throw Faults.ManagedObjectNotFound(entity.Reference);
        }
    }
}
