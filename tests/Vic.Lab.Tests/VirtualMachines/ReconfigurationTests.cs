using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>A reconfiguration happens whole or not at all.</summary>
public sealed class ReconfigurationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_that_fails_half_way_leaves_machine_and_datastore_as_they_were()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var (files, config) = (lab.Files("[datastore1] vm"), await ConfigAsync(lab, machine));
        var grown = config.Hardware.Device!.OfType<VirtualDisk>().Single();
        var edit = new VirtualDeviceConfigSpec
        {
            Operation = VirtualDeviceConfigSpecOperation.Edit,
            Device = new VirtualDisk { Key = grown.Key, CapacityInKB = 8192, Backing = grown.Backing },
        };
        var replaced = MachineLab.NewDisk(1000, 2, 2048);
        lab.Server.Storage.CutWrite(3);
        await lab.FaultAsync<FileFault>(Change(
            machine, new VirtualMachineConfigSpec { Annotation = "changed", DeviceChange = [edit, MachineLab.NewDisk(1000, 1, 4096), replaced] }));

        Assert.Equal(files, lab.Files("[datastore1] vm"));
        var after = await ConfigAsync(lab, machine);
        Assert.Equal((config.ChangeVersion, config.Annotation), (after.ChangeVersion, after.Annotation));
        Assert.Equal(4096, after.Hardware.Device!.OfType<VirtualDisk>().Single().CapacityInKB);
        Assert.Equal(4096 * 1024, lab.Server.World.Platform.Disks.Inspect(lab.PathOf("[datastore1] vm/vm.vmdk"))!.CapacityBytes);

        // The same change works afterwards.
        await lab.RunAsync(Change(machine, new VirtualMachineConfigSpec { DeviceChange = [edit, MachineLab.NewDisk(1000, 1, 4096), replaced] }));
        Assert.Equal([8192, 4096, 2048], (await lab.DisksAsync(machine)).Select(disk => disk.CapacityInKB));
    }

    [Fact]
    public async Task A_disk_that_was_to_be_replaced_is_there_when_the_replacement_fails()
    {
        await using var lab = await MachineLab.StartAsync();
        await lab.CreateAsync("other", 4096);
        var machine = await lab.CreateAsync("vm");
        var uuid = lab.Server.World.Platform.Disks.Inspect(lab.PathOf("[datastore1] other/other.vmdk"))!.Uuid;
        var replace = MachineLab.NewDisk(1000, 0, 8192);
        replace.FileOperation = VirtualDeviceConfigSpecFileOperation.Replace;
        ((VirtualDiskFlatVer2BackingInfo)replace.Device.Backing!).FileName = "[datastore1] other/other.vmdk";
        lab.Server.Storage.CutWrite(2);
        await lab.FaultAsync<FileFault>(Change(machine, new VirtualMachineConfigSpec { DeviceChange = [replace] }));
        Assert.Equal(uuid, lab.Server.World.Platform.Disks.Inspect(lab.PathOf("[datastore1] other/other.vmdk"))!.Uuid);
        Assert.Equal(["other-flat.vmdk", "other.vmdk", "other.vmx"], lab.Files("[datastore1] other"));

        await lab.RunAsync(Change(machine, new VirtualMachineConfigSpec { DeviceChange = [replace] }));
        Assert.NotEqual(uuid, lab.Server.World.Platform.Disks.Inspect(lab.PathOf("[datastore1] other/other.vmdk"))!.Uuid);
        Assert.Equal(["other-flat.vmdk", "other.vmdk", "other.vmx"], lab.Files("[datastore1] other"));
    }

    [Fact]
    public async Task A_disk_that_others_need_is_not_destroyed_with_its_device()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("parent", 4096);
        await lab.CreateLinkedAsync("child", "[datastore1] parent/parent.vmdk");
        var remove = new VirtualDeviceConfigSpec
        {
            Operation = VirtualDeviceConfigSpecOperation.Remove,
            FileOperation = VirtualDeviceConfigSpecFileOperation.Destroy,
            Device = new VirtualDisk { Key = 2000 },
        };
        Assert.Equal(
            "[datastore1] parent/parent.vmdk",
            (await lab.FaultAsync<FileLocked>(Change(machine, new VirtualMachineConfigSpec { DeviceChange = [remove] }))).File);
        Assert.Single(await lab.DisksAsync(machine));
        remove.FileOperation = null;
        await lab.RunAsync(Change(machine, new VirtualMachineConfigSpec { DeviceChange = [remove] }));
        Assert.Empty(await lab.DisksAsync(machine));
    }

    [Fact]
    public async Task The_second_of_two_changes_of_one_version_is_refused()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm");
        var version = await lab.GetAsync<string>(machine, "config.changeVersion");
        await lab.RunAsync(Change(machine, new VirtualMachineConfigSpec { ChangeVersion = version, Annotation = "first" }));
        await lab.FaultAsync<ConcurrentAccess>(Change(machine, new VirtualMachineConfigSpec { ChangeVersion = version, Annotation = "second" }));
        Assert.Equal("first", await lab.GetAsync<string>(machine, "config.annotation"));
    }

    [Fact]
    public async Task A_running_machine_takes_disks_and_adapters_and_refuses_what_needs_it_to_be_off()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        await lab.PowerOnAsync(machine);
        await lab.RunAsync(Change(machine, new VirtualMachineConfigSpec
        {
            DeviceChange =
            [
                MachineLab.NewDisk(1000, 1, 4096),
                Add(new VirtualVmxnet3
                {
                    Key = -1,
                    Backing = new VirtualEthernetCardDistributedVirtualPortBackingInfo
                    {
                        Port = new DistributedVirtualSwitchPortConnection { PortgroupKey = "dvportgroup-15", SwitchUuid = string.Empty },
                    },
                }),
                new VirtualDeviceConfigSpec
                {
                    Operation = VirtualDeviceConfigSpecOperation.Edit,
                    Device = new VirtualDisk { Key = 2000, CapacityInKB = 8192, Backing = new VirtualDiskFlatVer2BackingInfo() },
                },
            ],
        }));
        Assert.Equal([8192, 4096], (await lab.DisksAsync(machine)).Select(disk => disk.CapacityInKB));
        foreach (var cold in new VirtualMachineConfigSpec[]
        {
            new() { NumCPUs = 2 },
            new() { MemoryMB = 256 },
            new() { GuestId = "otherLinux64Guest" },
            new() { Firmware = "efi" },
            new() { MemoryHotAddEnabled = true },
            new() { DeviceChange = [Add(new VirtualCdrom { Key = -1, ControllerKey = 200, Backing = new VirtualCdromIsoBackingInfo() })] },
            new() { DeviceChange = [Add(new VirtualSerialPort { Key = -1, Backing = new VirtualSerialPortFileBackingInfo { FileName = "[datastore1] vm/out" } })] },
            new() { DeviceChange = [MachineLab.NewDisk(201, 0, 4096)] },
        })
        {
            var fault = await lab.FaultAsync<InvalidPowerState>(Change(machine, cold));
            Assert.Equal(
                (VirtualMachinePowerState.PoweredOff, VirtualMachinePowerState.PoweredOn), (fault.RequestedState!.Value, fault.ExistingState));
        }

        await lab.PowerOffAsync(machine);
        await lab.RunAsync(Change(machine, new VirtualMachineConfigSpec { MemoryHotAddEnabled = true, CpuHotAddEnabled = true }));
        await lab.PowerOnAsync(machine);
        await lab.RunAsync(Change(machine, new VirtualMachineConfigSpec { MemoryMB = 256, NumCPUs = 2 }));
        await lab.FaultAsync<InvalidPowerState>(Change(machine, new VirtualMachineConfigSpec { MemoryMB = 128 }));
    }

    [Fact]
    public async Task An_impossible_device_is_refused_by_its_index_and_property()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var good = MachineLab.NewDisk(1000, 1, 4096);

        var controller = await lab.FaultAsync<MissingController>(Devices(good, MachineLab.NewDisk(4711, 0, 4096)));
        Assert.Equal((1, "virtualDeviceSpec.device.controllerKey"), (controller.DeviceIndex, controller.Property));
        var unit = await lab.FaultAsync<InvalidDeviceSpec>(Devices(MachineLab.NewDisk(1000, 0, 4096)));
        Assert.Equal((0, "virtualDeviceSpec.device.unitNumber"), (unit.DeviceIndex, unit.Property));
        var capacity = await lab.FaultAsync<InvalidDeviceSpec>(Devices(good, MachineLab.NewDisk(1000, 2, 0)));
        Assert.Equal((1, "virtualDeviceSpec.device.capacityInKB"), (capacity.DeviceIndex, capacity.Property));
        var backing = await lab.FaultAsync<InvalidDeviceBacking>(Devices(
            Add(new VirtualVmxnet3 { Key = -1, Backing = new VirtualEthernetCardNetworkBackingInfo { DeviceName = "nowhere" } })));
        Assert.Equal((0, "virtualDeviceSpec.device.backing"), (backing.DeviceIndex, backing.Property));
        var key = await lab.FaultAsync<InvalidDeviceSpec>(Devices(new VirtualDeviceConfigSpec
        {
            Operation = VirtualDeviceConfigSpecOperation.Remove,
            Device = new VirtualDisk { Key = 4711 },
        }));
        Assert.Equal((0, "virtualDeviceSpec.device.key"), (key.DeviceIndex, key.Property));
        Assert.Equal(["vm-flat.vmdk", "vm.vmdk", "vm.vmx"], lab.Files("[datastore1] vm"));

        ReconfigVMTaskRequest Devices(params VirtualDeviceConfigSpec[] changes)
            => Change(machine, new VirtualMachineConfigSpec { DeviceChange = [.. changes] });
    }

    private static ReconfigVMTaskRequest Change(ManagedObjectReference machine, VirtualMachineConfigSpec spec) => new() { This = machine, Spec = spec };

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) => new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };

    private static async Task<VirtualMachineConfigInfo> ConfigAsync(MachineLab lab, ManagedObjectReference machine)
        => (await lab.Client.GetPropertyAsync<VirtualMachineConfigInfo>(machine, "config", Cancellation))!;
}
