using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>
/// Changes the configuration of a virtual machine: files first, then the machine, the .vmx file, and the inventory; all of it is undone when a
/// step fails. What is deleted is deleted last.
/// </summary>
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
        CheckGrowth(machine, plan, running);
        var (visible, hidden) = ConfigurationChange.Variables(spec);
        after.Hardware.Device = plan.Devices;
        var actions = new DiskActions(world.Platform.Disks, running);
        actions.Check(plan.After);
        Reserve(machine, after);
        try
        {
            await actions.RunAsync(plan.Before, cancellationToken).ConfigureAwait(false);
            progress.Report(40);
            after.ExtraConfig = ExtraConfiguration.Merge(before.ExtraConfig, [.. plan.Variables, .. visible]);
            await machine.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, machine.Reference, after, running), cancellationToken).ConfigureAwait(false);
            await WriteVmxAsync(machine, before, after, hidden, running, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await actions.UndoAsync().ConfigureAwait(false);
            Reserve(machine, before);
            throw;
        }

        progress.Report(80);
        lock (world.Store.Gate)
        {
            // The guest may have set variables meanwhile: what it wrote stays.
            var guestWrote = !ReferenceEquals(machine.Config.ExtraConfig, before.ExtraConfig);
            after.ExtraConfig = ExtraConfiguration.Merge(machine.Config.ExtraConfig, [.. plan.Variables, .. visible]);
            machine.Config = after;
            machine.IsVmxStale = guestWrote;
            Hide(machine.HiddenVariables, hidden);
            VirtualMachinePlacement.Refresh(world, machine);
            world.Events.PostMachineEvent(
                new VmReconfiguredEvent { Template = false, ConfigSpec = new VirtualMachineConfigSpec { Name = spec.Name } },
                machine,
                userName,
                $"Reconfigured {machine.Name}.");
        }

        await actions.CompleteAsync().ConfigureAwait(false);
        await actions.RunAsync(plan.After, CancellationToken.None).ConfigureAwait(false);
        if (spec.DeviceChange is { Count: > 0 })
        {
            VirtualMachineLayout.Refresh(world, machine);
            world.RefreshSpace();
        }
    }

    /// <summary>Takes what a configuration reserves of the pool instead of what the machine held.</summary>
    private void Reserve(VirtualMachineEntity machine, VirtualMachineConfigInfo config)
    {
        lock (world.Store.Gate)
        {
            machine.Reservation = machine.Reservation?.Exchange(world.Get<ResourcePoolEntity>(machine.Pool!.Value), config);
        }
    }

    /// <summary>Writes the .vmx file of the configuration to come; when that fails, the machine is given its old configuration again.</summary>
    private async Task WriteVmxAsync(
        VirtualMachineEntity machine,
        VirtualMachineConfigInfo before,
        VirtualMachineConfigInfo after,
        string? hidden,
        bool running,
        CancellationToken cancellationToken)
    {
        Dictionary<string, string> variables;
        lock (world.Store.Gate)
        {
            variables = new(machine.HiddenVariables, StringComparer.Ordinal);
        }

        Hide(variables, hidden);
        try
        {
            var file = world.Locate(machine.VmxPath.ToString()).File;
            world.Space.Require(file, 0);
            await VmxFiles.WriteTextAsync(file, VmxFile.Render(after, variables), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await machine.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, machine.Reference, before, running), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static void Hide(Dictionary<string, string> variables, string? hidden)
    {
        if (hidden is { Length: 0 })
        {
            variables.Remove(ConfigurationChange.HiddenVariable);
        }
        else if (hidden is not null)
        {
            variables[ConfigurationChange.HiddenVariable] = hidden;
        }
    }

    private static void CheckPowerState(VirtualMachineEntity machine, VirtualMachineConfigSpec spec)
    {
        if (machine.PowerState == VirtualMachinePowerState.PoweredOff)
        {
            return;
        }

        var devices = machine.Config.Hardware.Device ?? [];
        var cold = HotPlug.NeedsPowerOff(machine.Config, spec)
            || (spec.DeviceChange ?? []).Exists(change =>
            {
                var old = change.Operation == VirtualDeviceConfigSpecOperation.Add ? null : devices.Find(device => device.Key == change.Device.Key);
                var controller = devices.Find(device => device.Key == (old ?? change.Device).ControllerKey);
                return (old is not null || change.Operation == VirtualDeviceConfigSpecOperation.Add) && HotPlug.NeedsPowerOff(change, old, controller);
            });
        if (cold)
        {
            throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
        }
    }

    /// <summary>A disk that snapshots grew from keeps its size, and so does one that a running QEMU has open.</summary>
    private void CheckGrowth(VirtualMachineEntity machine, DevicePlan plan, bool running)
    {
        var grown = plan.Before.OfType<DiskAction.Extend>().Select(extend => extend.Path).ToHashSet(StringComparer.Ordinal);
        if (grown.Count == 0)
        {
            return;
        }

        lock (world.Store.Gate)
        {
            if (running && world.Options.Runtime != RuntimeKind.None)
            {
                throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, machine.PowerState);
            }

            if (machine.Snapshots.All.Any() && grown.Any(SnapshotDisks.IsRedoLog))
            {
                throw Faults.GenericVmConfig($"A disk of {machine.Name} cannot grow while the machine has snapshots.");
            }
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
