using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Changes the configuration of a virtual machine: files first, then the machine, then the inventory; undone when a step fails.</summary>
internal sealed class VirtualMachineReconfiguration(LabWorld world)
{
    /// <summary>Applies a specification; the caller holds the machine's operation lock.</summary>
    public async Task ApplyAsync(
        VirtualMachineEntity machine, VirtualMachineConfigSpec spec, string userName, IProgress<int> progress, CancellationToken cancellationToken)
    {
        VirtualMachineConfigInfo before;
        bool running;
        lock (world.Store.Gate)
        {
            before = machine.Config;
            running = machine.PowerState != VirtualMachinePowerState.PoweredOff;
            if (!string.IsNullOrEmpty(spec.ChangeVersion) && spec.ChangeVersion != before.ChangeVersion)
            {
                throw Faults.ConcurrentAccess();
            }

            CheckPowerState(machine, spec);
            CheckName(machine, spec.Name);
        }

        var after = ConfigurationChange.Apply(before, spec);
        var plan = DevicePlanner.Plan(
            before.Hardware.Device ?? [],
            spec.DeviceChange ?? [],
            new DiskBackings(world, machine.VmxPath.Parent, before.Name),
            new DeviceBackings(world));
        var (visible, hidden) = ConfigurationChange.Variables(spec);
        after.Hardware.Device = plan.Devices;
        var actions = new DiskActions(world.Platform.Disks);
        try
        {
            await actions.RunAsync(plan.Before, cancellationToken).ConfigureAwait(false);
            progress.Report(40);
            after.ExtraConfig = ExtraConfiguration.Merge(before.ExtraConfig, [.. plan.Variables, .. visible]);
            await machine.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, machine.Reference, after, running), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await actions.UndoAsync().ConfigureAwait(false);
            throw;
        }

        progress.Report(80);
        lock (world.Store.Gate)
        {
            // The guest may have set variables meanwhile: what it wrote stays.
            after.ExtraConfig = ExtraConfiguration.Merge(machine.Config.ExtraConfig, [.. plan.Variables, .. visible]);
            machine.Reservation = machine.Reservation?.Exchange(world.Get<ResourcePoolEntity>(machine.Pool!.Value), after);
            machine.Config = after;
            if (hidden is { Length: 0 })
            {
                machine.HiddenVariables.Remove(ConfigurationChange.HiddenVariable);
            }
            else if (hidden is not null)
            {
                machine.HiddenVariables[ConfigurationChange.HiddenVariable] = hidden;
            }

            VirtualMachinePlacement.Refresh(world, machine);
            world.Events.PostMachineEvent(
                new VmReconfiguredEvent { Template = false, ConfigSpec = new VirtualMachineConfigSpec { Name = spec.Name } },
                machine,
                userName,
                $"Reconfigured {machine.Name}.");
        }

        await VmxFiles.WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
        await new DiskActions(world.Platform.Disks).RunAsync(plan.After, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckPowerState(VirtualMachineEntity machine, VirtualMachineConfigSpec spec)
    {
        var hardware = machine.Config.Hardware;
        var cold = (spec.NumCPUs is { } cpus && cpus != hardware.NumCPU && machine.Config.CpuHotAddEnabled != true)
            || (spec.MemoryMB is { } memory && memory != hardware.MemoryMB && machine.Config.MemoryHotAddEnabled != true)
            || (spec.Uuid is { } uuid && !string.Equals(uuid, machine.Config.Uuid, StringComparison.OrdinalIgnoreCase));
        if (cold && machine.PowerState != VirtualMachinePowerState.PoweredOff)
        {
            throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
        }
    }

    private void CheckName(VirtualMachineEntity machine, string? name)
    {
        if (string.IsNullOrEmpty(name) || name == machine.Name || machine.Parent is not { } parent)
        {
            return;
        }

        var taken = (world.Store.Find<FolderEntity>(parent)?.Children ?? [])
            .Select(world.Store.Find<Entity>)
            .FirstOrDefault(sibling => sibling?.Name == name);
        if (taken is not null)
        {
            throw Faults.DuplicateName(name, taken.Reference);
        }
    }
}
