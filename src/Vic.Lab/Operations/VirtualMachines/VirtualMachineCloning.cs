using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Copies virtual machines, whole or as children of a snapshot or of a running machine; the caller holds the source's operation lock.</summary>
internal sealed class VirtualMachineCloning(
    LabWorld world,
    VirtualMachineCreation creation,
    VirtualMachineReconfiguration reconfiguration,
    VirtualMachineRemoval removal,
    VirtualMachinePower power,
    VirtualMachineSnapshots snapshots)
{
    private const string NewChild = "createNewChildDiskBacking";

    private readonly DiskBackingReader reader = new(world);
    private readonly SnapshotDisks snapshotDisks = new(world);

    /// <summary>Makes a copy of a machine, or of what it was at a snapshot; of a running machine by a snapshot that is gone afterwards.</summary>
    public async Task<ManagedObjectReference> CloneAsync(
        VirtualMachineEntity source, CloneVMTaskRequest request, string userName, IProgress<int> progress, CancellationToken cancellationToken)
    {
        if (request.Spec.Snapshot is not null || source.PowerState == VirtualMachinePowerState.PoweredOff)
        {
            return await CopyAsync(source, request, request.Spec.Snapshot, userName, progress, cancellationToken).ConfigureAwait(false);
        }

        lock (world.Store.Gate)
        {
            Check(source, request.Spec);
        }

        var snapshot = await snapshots.CreateAsync(
            source, new CreateSnapshotTaskRequest { Name = "clone-temp" }, userName, cancellationToken).ConfigureAwait(false);
        try
        {
            return await CopyAsync(source, request, snapshot, userName, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await snapshots.RemoveAsync(source, [SnapshotOf(source, snapshot)], consolidate: true, userName, CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    private async Task<ManagedObjectReference> CopyAsync(
        VirtualMachineEntity source,
        CloneVMTaskRequest request,
        ManagedObjectReference? snapshot,
        string userName,
        IProgress<int> progress,
        CancellationToken cancellationToken)
    {
        var spec = request.Spec;
        NewMachine place;
        VirtualMachineConfigInfo config;
        lock (world.Store.Gate)
        {
            Check(source, spec);
            place = Place(source, request.Name, spec.Location, world.Get<FolderEntity>(request.Folder), userName);
            config = snapshot is { } taken ? SnapshotOf(source, taken).Config : source.Config;
        }

        var asChild = spec.Location.DiskMoveType == NewChild;
        var clone = await creation.BuildAsync(
            place,
            async (datastore, vmx, actions) =>
            {
                var files = await CopyDisksAsync(config, vmx, asChild, actions, progress, cancellationToken).ConfigureAwait(false);
                return (Copy(config, place.Name, vmx, datastore, spec.Template, files), Hidden(source));
            },
            created => world.Events.PostMachineEvent(
                new VmClonedEvent { Template = spec.Template, SourceVm = new VmEventArgument { Name = source.Name, Vm = source.Reference } },
                created,
                userName,
                $"Cloned {source.Name} to {created.Name}."),
            cancellationToken).ConfigureAwait(false);
        try
        {
            if (Changes(spec) is { } changes)
            {
                await reconfiguration.ApplyAsync(clone, changes, userName, progress, cancellationToken).ConfigureAwait(false);
            }

            if (spec.PowerOn && !spec.Template)
            {
                await power.OnAsync(clone, null, userName, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await removal.DestroyAsync(clone, userName, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return clone.Reference;
    }

    /// <summary>Makes a running child of a running machine: both write to children of the disks that were one's alone.</summary>
    public async Task<ManagedObjectReference> InstantCloneAsync(
        VirtualMachineEntity source, VirtualMachineInstantCloneSpec spec, string userName, CancellationToken cancellationToken)
    {
        NewMachine place;
        VirtualMachineConfigInfo before;
        lock (world.Store.Gate)
        {
            if (source.PowerState != VirtualMachinePowerState.PoweredOn)
            {
                throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOn, source.PowerState);
            }

            var folder = spec.Location.Folder ?? source.Parent;
            place = Place(
                source, spec.Name, spec.Location, folder is { } reference ? world.Get<FolderEntity>(reference) : null, userName);
            before = source.Config;
        }

        if (world.Options.Runtime != RuntimeKind.None)
        {
            throw Faults.NotSupported("InstantClone_Task of a guest that really runs (clone the machine, or its snapshot)");
        }

        await FreezeAsync(source, before, cancellationToken).ConfigureAwait(false);
        var clone = await creation.BuildAsync(
            place,
            async (datastore, vmx, actions) =>
            {
                var files = await CopyDisksAsync(before, vmx, asChild: true, actions, null, cancellationToken).ConfigureAwait(false);
                var config = Copy(before, place.Name, vmx, datastore, isTemplate: false, files);
                config.Uuid = ConfigurationChange.CheckUuid(spec.BiosUuid) ?? config.Uuid;
                var (visible, hidden) = ConfigurationChange.Variables(new VirtualMachineConfigSpec { ExtraConfig = spec.Config });
                config.ExtraConfig = ExtraConfiguration.Merge(config.ExtraConfig, visible);
                return (config, hidden ?? Hidden(source));
            },
            created => world.Events.PostMachineEvent(
                new VmClonedEvent { Template = false, SourceVm = new VmEventArgument { Name = source.Name, Vm = source.Reference } },
                created,
                userName,
                $"Cloned the running {source.Name} to {created.Name}."),
            cancellationToken).ConfigureAwait(false);
        try
        {
            await power.OnAsync(clone, null, userName, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await removal.DestroyAsync(clone, userName, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return clone.Reference;
    }

    private void Check(VirtualMachineEntity source, VirtualMachineCloneSpec spec)
    {
        if (spec.Customization is not null)
        {
            throw Faults.NotSupported("CloneVM_Task with a customization (set guestinfo variables in spec.config.extraConfig instead)");
        }

        if (spec.Memory == true)
        {
            throw Faults.NotSupported("CloneVM_Task with memory");
        }

        if (spec.Snapshot is null && spec.Location.DiskMoveType == NewChild)
        {
            throw Faults.InvalidArgument("spec.snapshot", "A linked clone grows from a snapshot.");
        }

        if (spec.Snapshot is null && source.PowerState != VirtualMachinePowerState.PoweredOff && world.Options.Runtime != RuntimeKind.None)
        {
            // The snapshot in between could not be merged into the running machine's disks again.
            throw Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOff, source.PowerState);
        }
    }

    private NewMachine Place(
        VirtualMachineEntity source, string? asked, VirtualMachineRelocateSpec location, FolderEntity? folder, string userName)
    {
        var name = OperationText.CheckName(asked);
        var pool = location.Pool ?? source.Pool ?? throw Faults.InvalidArgument("spec.location.pool", "A clone needs a resource pool.");
        var datastore = location.Datastore is { } reference ? world.Get<DatastoreEntity>(reference).Name : source.VmxPath.Datastore;
        return new NewMachine(name, $"[{datastore}]", folder, world.Get<ResourcePoolEntity>(pool), location.Host, userName);
    }

    private SnapshotObject SnapshotOf(VirtualMachineEntity source, ManagedObjectReference reference)
    {
        lock (world.Store.Gate)
        {
            var snapshot = world.Get<SnapshotObject>(reference);
            return snapshot.Machine == source.Reference
                ? snapshot
                : throw Faults.InvalidArgument("spec.snapshot", $"The snapshot is not one of {source.Name}.");
        }
    }

    /// <summary>Leaves the disks of a running machine to be read by many: it goes on with children of them.</summary>
    private async Task FreezeAsync(VirtualMachineEntity source, VirtualMachineConfigInfo before, CancellationToken cancellationToken)
    {
        var created = new List<string>();
        try
        {
            var after = await snapshotDisks.ForkAsync(before, created, cancellationToken).ConfigureAwait(false);
            await source.Machine.ReconfigureAsync(
                MachineConfigurations.From(world, source.Reference, after, running: true), cancellationToken).ConfigureAwait(false);
            lock (world.Store.Gate)
            {
                var config = source.Config.ShallowClone();
                config.Hardware = after.Hardware;
                config.ChangeVersion = ConfigurationChange.NextVersion(config.ChangeVersion);
                source.Config = config;
            }
        }
        catch
        {
            await snapshotDisks.DeleteAsync(created).ConfigureAwait(false);
            throw;
        }

        await VmxFiles.WriteAsync(world, source, cancellationToken).ConfigureAwait(false);
        VirtualMachineLayout.Refresh(world, source);
    }

    /// <summary>Makes the clone's disks, and tells which file stands for which device.</summary>
    private async Task<Dictionary<int, string>> CopyDisksAsync(
        VirtualMachineConfigInfo config, DatastorePath vmx, bool asChild, DiskActions actions, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var files = new Dictionary<int, string>();
        var stem = Path.GetFileNameWithoutExtension(vmx.FileName);
        foreach (var disk in (config.Hardware.Device ?? []).OfType<VirtualDisk>())
        {
            var number = files.Count == 0 ? string.Empty : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"_{files.Count}");
            var file = world.Locate(vmx.Parent.Combine($"{stem}{number}.vmdk").ToString()).File;
            var from = world.Locate(((VirtualDeviceFileBackingInfo)disk.Backing!).FileName).File;
            if (asChild && MachineDisks.IsSnapshotted(disk))
            {
                await actions.RunAsync([new DiskAction.Create(file, from, 0, true, null, false)], cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await actions.CopyAsync(from, file, progress, cancellationToken).ConfigureAwait(false);
            }

            files.Add(disk.Key, file);
        }

        return files;
    }

    private VirtualMachineConfigInfo Copy(
        VirtualMachineConfigInfo source, string name, DatastorePath vmx, DatastoreEntity datastore, bool isTemplate, Dictionary<int, string> files)
    {
        var fresh = NewVirtualMachine.Configuration(name, vmx, datastore.Url);
        var config = MachineDisks.WithDisks(source, disk => reader.WithFile(disk, files[disk.Key]));
        config.Name = name;
        config.ChangeVersion = ConfigurationChange.NextVersion(string.Empty);
        config.Modified = fresh.Modified;
        config.CreateDate = fresh.CreateDate;
        config.Uuid = fresh.Uuid;
        config.InstanceUuid = fresh.InstanceUuid;
        config.Files = fresh.Files;
        config.DatastoreUrl = fresh.DatastoreUrl;
        config.Template = isTemplate;
        config.Hardware.Device = [.. (config.Hardware.Device ?? []).Select(Renewed)];
        return config;
    }

    /// <summary>A device of the clone: unplugged as long as it is off, and with an address of its own.</summary>
    private VirtualDevice Renewed(VirtualDevice device)
    {
        if (device.Connectable is not { } connectable)
        {
            return device;
        }

        var changed = device.ShallowClone();
        changed.Connectable = connectable.ShallowClone();
        changed.Connectable.Connected = false;
        changed.Connectable.Status = "untried";
        if (changed is VirtualEthernetCard { AddressType: not "manual" } card)
        {
            card.MacAddress = new DeviceBackings(world).NewMacAddress();
            card.AddressType = "assigned";
        }

        return changed;
    }

    private string? Hidden(VirtualMachineEntity source)
    {
        lock (world.Store.Gate)
        {
            return source.HiddenVariables.GetValueOrDefault(ConfigurationChange.HiddenVariable);
        }
    }

    private static VirtualMachineConfigSpec? Changes(VirtualMachineCloneSpec spec)
    {
        if (spec.Location.DeviceChange is not { Count: > 0 } devices)
        {
            return spec.Config;
        }

        var changes = spec.Config?.ShallowClone() ?? new VirtualMachineConfigSpec();
        changes.DeviceChange = [.. changes.DeviceChange ?? [], .. devices];
        return changes;
    }
}
