using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Creates virtual machines: home directory, disks, .vmx file, inventory; all of it or nothing.</summary>
internal sealed class VirtualMachineCreation(LabWorld world)
{
    private readonly VirtualMachineHomes homes = new(world);

    /// <summary>Creates a machine from a specification.</summary>
    /// <exception cref="VimFaultException">The specification is wrong, a name is taken, a file is missing.</exception>
    public async Task<ManagedObjectReference> CreateAsync(
        VirtualMachineConfigSpec spec, NewMachine place, IProgress<int> progress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(spec.Name))
        {
            throw Faults.InvalidName(string.Empty);
        }

        var machine = await BuildAsync(
            place,
            async (datastore, vmx, actions) =>
            {
                progress.Report(10);
                var (config, plan, hidden) = Plan(spec, vmx, datastore);
                await actions.RunAsync(plan.Before, cancellationToken).ConfigureAwait(false);
                progress.Report(60);
                return (config, hidden);
            },
            created => world.Events.PostMachineEvent(
                new VmCreatedEvent { Template = false }, created, place.UserName, $"Created virtual machine {created.Name}."),
            cancellationToken).ConfigureAwait(false);
        return machine.Reference;
    }

    /// <summary>Builds a machine around files that <paramref name="prepare"/> makes.</summary>
    /// <param name="place">What it is called and where it goes.</param>
    /// <param name="prepare">Makes the disks, and gives the configuration with the value of the hidden variable.</param>
    /// <param name="announce">Posts the event, under the store's lock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<VirtualMachineEntity> BuildAsync(
        NewMachine place,
        Func<DatastoreEntity, DatastorePath, DiskActions, Task<(VirtualMachineConfigInfo Config, string? Hidden)>> prepare,
        Action<VirtualMachineEntity> announce,
        CancellationToken cancellationToken)
    {
        HostEntity host;
        lock (world.Store.Gate)
        {
            host = VirtualMachinePlacement.ChooseHost(world, place.Pool, place.Host);
            homes.CheckName(place.Name, place.Folder, place.Pool);
        }

        var (datastore, vmx) = homes.Choose(place.Path, place.Name);
        var file = datastore.Locate(vmx);
        if (File.Exists(file))
        {
            throw Faults.FileAlreadyExists(vmx);
        }

        world.Space.Require(file, 0);
        var home = Path.GetDirectoryName(file)!;
        var madeHome = !Directory.Exists(home);
        Directory.CreateDirectory(home);
        var actions = new DiskActions(world.Platform.Disks);
        VirtualMachineEntity? machine = null;
        try
        {
            var (config, hidden) = await prepare(datastore, vmx, actions).ConfigureAwait(false);
            machine = Make(config, place.Folder);
            if (!string.IsNullOrEmpty(hidden))
            {
                machine.HiddenVariables[ConfigurationChange.HiddenVariable] = hidden;
            }

            await VmxFiles.WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
            lock (world.Store.Gate)
            {
                // Another call may have taken the name, or removed the folder, while the disks were made.
                homes.CheckName(place.Name, place.Folder, place.Pool);
                homes.CheckAlive(place.Folder);
                homes.CheckAlive(place.Pool);
                VirtualMachinePlacement.Enter(world, machine, place.Folder, place.Pool, host);
                announce(machine);
            }
        }
        catch
        {
            await actions.UndoAsync().ConfigureAwait(false);
            if (machine is not null)
            {
                await machine.Machine.DisposeAsync().ConfigureAwait(false);
            }

            File.Delete(file);
            if (madeHome && !Directory.EnumerateFileSystemEntries(home).Any())
            {
                Directory.Delete(home);
            }

            throw;
        }

        await actions.CompleteAsync().ConfigureAwait(false);
        VirtualMachineLayout.Refresh(world, machine);
        world.RefreshSpace();
        return machine;
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

    /// <summary>The configuration that a specification makes of a new machine, and the files to make for it.</summary>
    public (VirtualMachineConfigInfo Config, DevicePlan Plan, string? Hidden) Plan(
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
}
