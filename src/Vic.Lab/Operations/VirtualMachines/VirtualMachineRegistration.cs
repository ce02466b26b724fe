using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Takes a machine whose files are on a datastore into the inventory, with its snapshots.</summary>
internal sealed class VirtualMachineRegistration(LabWorld world, VirtualMachineCreation creation, VirtualMachineHomes homes)
{
    /// <summary>Registers a machine.</summary>
    /// <param name="path">Its .vmx file.</param>
    /// <param name="asTemplate">Whether it becomes a template.</param>
    /// <param name="place">Where it goes; an empty name means the one in the file.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="VimFaultException">The file is missing, is none, or is registered already; the name is taken.</exception>
    public async Task<ManagedObjectReference> RegisterAsync(
        string path, bool asTemplate, NewMachine place, CancellationToken cancellationToken)
    {
        var (datastore, vmx, file) = world.Locate(path);
        if (!File.Exists(file))
        {
            throw Faults.FileNotFound(vmx);
        }

        var (config, hidden) = Plan(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), place.Name, vmx, datastore);
        config.Template = asTemplate;
        var snapshots = SnapshotFiles.Read(file)
            .Select(saved => (Saved: saved, Plan(saved.Configuration, config.Name, vmx, datastore).Config))
            .ToList();
        var machine = creation.Make(config, place.Folder);
        if (!string.IsNullOrEmpty(hidden))
        {
            machine.HiddenVariables[ConfigurationChange.HiddenVariable] = hidden;
        }

        try
        {
            lock (world.Store.Gate)
            {
                Enter(machine, vmx, place, snapshots);
            }
        }
        catch
        {
            await machine.Machine.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        VirtualMachineLayout.Refresh(world, machine);
        return machine.Reference;
    }

    private void Enter(
        VirtualMachineEntity machine,
        DatastorePath vmx,
        NewMachine place,
        List<(SavedSnapshot Saved, VirtualMachineConfigInfo Config)> snapshots)
    {
        if (world.Store.OfType<VirtualMachineEntity>().Any(other => other.VmxPath == vmx))
        {
            throw Faults.AlreadyExists(vmx.ToString());
        }

        homes.CheckName(machine.Name, place.Folder, place.Pool);
        homes.CheckAlive(place.Folder);
        homes.CheckAlive(place.Pool);
        var host = VirtualMachinePlacement.ChooseHost(world, place.Pool, place.Host);
        VirtualMachinePlacement.Enter(world, machine, place.Folder, place.Pool, host);
        Restore(machine, snapshots);
        world.Events.PostMachineEvent(
            new VmRegisteredEvent { Template = machine.Config.Template }, machine, place.UserName, $"Registered {machine.Name} from {vmx}.");
    }

    private void Restore(VirtualMachineEntity machine, List<(SavedSnapshot Saved, VirtualMachineConfigInfo Config)> snapshots)
    {
        var known = new Dictionary<int, SnapshotObject>();
        SnapshotObject? current = null;
        foreach (var (saved, config) in snapshots)
        {
            var snapshot = new SnapshotObject(
                world.Store.NewReference("VirtualMachineSnapshot", world.IsVCenter ? "snapshot-" : machine.Reference.Value + "-snapshot-"),
                machine.Reference,
                config)
            {
                Name = saved.Name,
                Description = saved.Description,
                Id = saved.Id,
                CreateTime = saved.CreateTime,
                State = VirtualMachinePowerState.PoweredOff,
            };
            known[saved.Id] = snapshot;
            world.Store.Add(snapshot);
            machine.Snapshots.Add(snapshot, saved.ParentId is { } parent ? known.GetValueOrDefault(parent) : null);
            current = saved.IsCurrent ? snapshot : current;
        }

        if (known.Count > 0)
        {
            machine.Snapshots.MoveTo(current);
        }
    }

    private (VirtualMachineConfigInfo Config, string? Hidden) Plan(string text, string name, DatastorePath vmx, DatastoreEntity datastore)
    {
        var spec = VmxReader.Read(text, vmx.Parent);
        spec.Name = name.Length > 0 ? name : OperationText.CheckName(spec.Name);
        var (config, _, hidden) = creation.Plan(spec, vmx, datastore);
        return (config, hidden);
    }
}
