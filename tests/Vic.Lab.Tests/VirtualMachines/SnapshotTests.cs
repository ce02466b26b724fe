using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>Snapshots: what a client sees of them, and the files behind.</summary>
public sealed class SnapshotTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_snapshot_adds_a_disk_to_the_chain_and_a_node_to_the_tree()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var uuid = ((VirtualDiskFlatVer2BackingInfo)(await lab.DisksAsync(machine))[0].Backing!).Uuid;
        var first = await TakeAsync(lab, machine, "first");
        var second = await TakeAsync(lab, machine, "second");

        Assert.Equal(["[datastore1] vm/vm-000002.vmdk", "[datastore1] vm/vm-000001.vmdk", "[datastore1] vm/vm.vmdk"], await lab.ChainAsync(machine));
        Assert.Equal(uuid, ((VirtualDiskFlatVer2BackingInfo)(await lab.DisksAsync(machine))[0].Backing!).Uuid);
        var info = (await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"))!;
        Assert.Equal(second, info.CurrentSnapshot);
        var root = Assert.Single(info.RootSnapshotList);
        Assert.Equal((first, "first", 1), (root.Snapshot, root.Name, root.Id));
        Assert.Equal((second, "second", 2), (root.ChildSnapshotList![0].Snapshot, root.ChildSnapshotList[0].Name, root.ChildSnapshotList[0].Id));
        Assert.Equal([first], await lab.GetAsync<List<ManagedObjectReference>>(machine, "rootSnapshot"));
        Assert.Equal([second], await lab.GetAsync<List<ManagedObjectReference>>(first, "childSnapshot"));
        Assert.Equal(machine, await lab.GetAsync<ManagedObjectReference>(first, "vm"));

        var layout = (await lab.GetAsync<VirtualMachineFileLayoutEx>(machine, "layoutEx"))!;
        Assert.Equal(3, Assert.Single(layout.Disk!).Chain!.Count);
        Assert.Equal([first, second], layout.Snapshot!.Select(snapshot => snapshot.Key));
        Assert.Equal([1, 2], layout.Snapshot!.Select(snapshot => snapshot.Disk![0].Chain!.Count));
        Assert.All(layout.File!, file => Assert.True(File.Exists(lab.PathOf(file.Name)), file.Name));
        Assert.Equal(
            ["config", "diskDescriptor", "diskExtent", "snapshotData", "snapshotList"], layout.File!.Select(file => file.Type).Distinct().Order());
    }

    [Fact]
    public async Task Reverting_brings_hardware_and_variables_back_and_deletes_what_was_written_since()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var snapshot = await TakeAsync(lab, machine, "before");
        await lab.RunAsync(new ReconfigVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineConfigSpec
            {
                MemoryMB = 1024,
                Annotation = "changed",
                ExtraConfig = [new OptionValue { Key = "guestinfo.test", Value = "set" }],
                DeviceChange = [MachineLab.NewDisk(1000, 1, 4096)],
            },
        });
        var version = await lab.GetAsync<string>(machine, "config.changeVersion");
        await lab.PowerOnAsync(machine);
        await lab.RunAsync(new RevertToSnapshotTaskRequest { This = snapshot });

        var config = (await lab.GetAsync<VirtualMachineConfigInfo>(machine, "config"))!;
        Assert.Equal((128, string.Empty), (config.Hardware.MemoryMB, config.Annotation));
        Assert.DoesNotContain(config.ExtraConfig ?? [], option => option.Key == "guestinfo.test");
        Assert.NotEqual(version, config.ChangeVersion);
        Assert.Equal(["[datastore1] vm/vm-000002.vmdk", "[datastore1] vm/vm.vmdk"], await lab.ChainAsync(machine));
        Assert.Equal(VirtualMachinePowerState.PoweredOff, await lab.GetAsync<VirtualMachinePowerState>(machine, "runtime.powerState"));
        Assert.DoesNotContain("vm-000001.vmdk", lab.Files("[datastore1] vm"));
        Assert.Contains("vm_1.vmdk", lab.Files("[datastore1] vm"));
        Assert.Equal(snapshot, (await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"))!.CurrentSnapshot);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removing_snapshots_in_any_order_leaves_the_disk_as_it_was_before_the_first(bool running)
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var before = lab.Files("[datastore1] vm");
        if (running)
        {
            await lab.PowerOnAsync(machine);
        }

        var first = await TakeAsync(lab, machine, "first");
        var second = await TakeAsync(lab, machine, "second");
        var third = await TakeAsync(lab, machine, "third");
        await lab.RunAsync(new RemoveSnapshotTaskRequest { This = second });
        Assert.Equal(3, (await lab.ChainAsync(machine)).Count);
        Assert.Equal(third, (await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"))!.RootSnapshotList[0].ChildSnapshotList![0].Snapshot);
        await lab.RunAsync(new RemoveSnapshotTaskRequest { This = first });
        await lab.RunAsync(new RemoveSnapshotTaskRequest { This = third });

        Assert.Equal(["[datastore1] vm/vm.vmdk"], await lab.ChainAsync(machine));
        Assert.Null(await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"));
        Assert.Equal(before, lab.Files("[datastore1] vm"));
        if (running)
        {
            await lab.FaultAsync<FileLocked>(
                new DeleteVirtualDiskTaskRequest { This = lab.Client.Content.VirtualDiskManager!.Value, Name = "[datastore1] vm/vm.vmdk" });
        }
    }

    [Fact]
    public async Task Removing_a_snapshot_with_its_children_or_all_of_them_takes_their_files_away()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096, 4096);
        var before = lab.Files("[datastore1] vm");
        var root = await TakeAsync(lab, machine, "root");
        await TakeAsync(lab, machine, "left");
        await lab.RunAsync(new RevertToSnapshotTaskRequest { This = root });
        await TakeAsync(lab, machine, "right");
        Assert.Equal(2, (await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"))!.RootSnapshotList[0].ChildSnapshotList!.Count);
        await lab.RunAsync(new RemoveSnapshotTaskRequest { This = root, RemoveChildren = true });
        Assert.Equal(before, lab.Files("[datastore1] vm"));

        await TakeAsync(lab, machine, "again");
        await TakeAsync(lab, machine, "and again");
        await lab.RunAsync(new RemoveAllSnapshotsTaskRequest { This = machine });
        Assert.Equal(before, lab.Files("[datastore1] vm"));
        Assert.Null(await lab.GetAsync<List<ManagedObjectReference>>(machine, "rootSnapshot"));
    }

    [Fact]
    public async Task Disks_that_are_not_consolidated_say_so_until_they_are()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        await TakeAsync(lab, machine, "first");
        await lab.RunAsync(new RemoveAllSnapshotsTaskRequest { This = machine, Consolidate = false });
        Assert.True(await lab.GetAsync<bool>(machine, "runtime.consolidationNeeded"));
        Assert.Equal(2, (await lab.ChainAsync(machine)).Count);
        await lab.RunAsync(new ConsolidateVMDisksTaskRequest { This = machine });
        Assert.False(await lab.GetAsync<bool>(machine, "runtime.consolidationNeeded"));
        Assert.Single(await lab.ChainAsync(machine));
    }

    [Fact]
    public async Task A_snapshot_that_another_machine_grew_from_keeps_its_disk()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var snapshot = await TakeAsync(lab, machine, "base");
        var linked = await lab.CreateLinkedAsync("linked", "[datastore1] vm/vm.vmdk");
        await lab.RunAsync(new RemoveSnapshotTaskRequest { This = snapshot });
        Assert.Equal(["[datastore1] vm/vm-000001.vmdk", "[datastore1] vm/vm.vmdk"], await lab.ChainAsync(machine));

        await lab.RunAsync(new DestroyTaskRequest { This = machine });
        Assert.Equal(["vm-flat.vmdk", "vm.vmdk"], lab.Files("[datastore1] vm"));
        await lab.PowerOnAsync(linked);
    }

    [Fact]
    public async Task A_running_machine_comes_back_running_from_a_snapshot_with_memory_and_off_from_one_without()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        await lab.PowerOnAsync(machine);
        var without = await TakeAsync(lab, machine, "without");
        var with = await TakeAsync(lab, machine, "with", memory: true);
        var info = (await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"))!.RootSnapshotList[0];
        Assert.Equal((VirtualMachinePowerState.PoweredOff, VirtualMachinePowerState.PoweredOn), (info.State, info.ChildSnapshotList![0].State));

        await lab.RunAsync(new RevertToSnapshotTaskRequest { This = without });
        Assert.Equal(VirtualMachinePowerState.PoweredOff, await lab.GetAsync<VirtualMachinePowerState>(machine, "runtime.powerState"));
        await lab.RunAsync(new RevertToSnapshotTaskRequest { This = with });
        Assert.Equal(VirtualMachinePowerState.PoweredOn, await lab.GetAsync<VirtualMachinePowerState>(machine, "runtime.powerState"));
        await lab.RunAsync(new RevertToCurrentSnapshotTaskRequest { This = machine, SuppressPowerOn = true });
        Assert.Equal(VirtualMachinePowerState.PoweredOff, await lab.GetAsync<VirtualMachinePowerState>(machine, "runtime.powerState"));
    }

    [Fact]
    public async Task What_no_snapshot_can_be_taken_of_is_refused_and_leaves_nothing_behind()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        await lab.FaultAsync<InvalidName>(Take(machine, string.Empty));
        await lab.FaultAsync<NotFound>(new RevertToCurrentSnapshotTaskRequest { This = machine });
        await lab.RunAsync(new ReconfigVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineConfigSpec { Flags = new VirtualMachineFlagInfo { SnapshotDisabled = true } },
        });
        await lab.FaultAsync<SnapshotDisabled>(Take(machine, "first"));
        await lab.RunAsync(new ReconfigVMTaskRequest { This = machine, Spec = new VirtualMachineConfigSpec { Flags = new VirtualMachineFlagInfo() } });

        await lab.PowerOnAsync(machine);
        var quiesced = Take(machine, "quiesced");
        quiesced.Quiesce = true;
        await lab.FaultAsync<FilesystemQuiesceFault>(quiesced);
        await lab.PowerOffAsync(machine);
        Assert.Equal(["vm-flat.vmdk", "vm.vmdk", "vm.vmx"], lab.Files("[datastore1] vm"));

        var snapshot = await TakeAsync(lab, machine, "first");
        await lab.RunAsync(new RemoveSnapshotTaskRequest { This = snapshot });
        await lab.FaultAsync<ManagedObjectNotFound>(new RevertToSnapshotTaskRequest { This = snapshot });
    }

    [Fact]
    public async Task An_independent_disk_takes_no_part()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var disk = MachineLab.NewDisk(1000, 1, 4096);
        ((VirtualDiskFlatVer2BackingInfo)disk.Device.Backing!).DiskMode = "independent_persistent";
        await lab.RunAsync(new ReconfigVMTaskRequest { This = machine, Spec = new VirtualMachineConfigSpec { DeviceChange = [disk] } });
        await TakeAsync(lab, machine, "first");
        Assert.Equal(2, (await lab.ChainAsync(machine, 0)).Count);
        Assert.Equal(["[datastore1] vm/vm_1.vmdk"], await lab.ChainAsync(machine, 1));
        await lab.PowerOnAsync(machine);
        await lab.FaultAsync<MemorySnapshotOnIndependentDisk>(Take(machine, "memory", memory: true));
    }

    [Fact]
    public async Task A_snapshot_gets_another_name_and_its_machine_goes_with_all_its_files()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var snapshot = await TakeAsync(lab, machine, "first");
        await lab.Client.InvokeAsync(new RenameSnapshotRequest { This = snapshot, Name = "renamed", Description = "why" }, Cancellation);
        var root = (await lab.GetAsync<VirtualMachineSnapshotInfo>(machine, "snapshot"))!.RootSnapshotList[0];
        Assert.Equal(("renamed", "why"), (root.Name, root.Description));
        await lab.RunAsync(new DestroyTaskRequest { This = machine });
        Assert.False(Directory.Exists(lab.PathOf("[datastore1] vm")));
        await Assert.ThrowsAsync<VimFaultException>(() => lab.GetAsync<ManagedObjectReference>(snapshot, "vm"));
    }

    private static CreateSnapshotTaskRequest Take(ManagedObjectReference machine, string name, bool memory = false)
        => new() { This = machine, Name = name, Memory = memory, Quiesce = false };

    private static async Task<ManagedObjectReference> TakeAsync(MachineLab lab, ManagedObjectReference machine, string name, bool memory = false)
        => (ManagedObjectReference)(await lab.RunAsync(Take(machine, name, memory)))!;
}
