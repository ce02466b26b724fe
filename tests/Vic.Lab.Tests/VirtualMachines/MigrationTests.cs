using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>Machines that move: between hosts, pools and datastores.</summary>
public sealed class MigrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_machine_moves_to_another_host_and_pool_whether_it_runs_or_not(bool running)
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var pool = await lab.Client.InvokeAsync(
            new CreateResourcePoolRequest { This = lab.Pool, Name = "other", Spec = Unlimited() }, Cancellation);
        if (running)
        {
            await lab.PowerOnAsync(machine);
        }

        var source = await lab.GetAsync<ManagedObjectReference>(machine, "runtime.host");
        var target = Hosts(lab).Single(host => host != source);
        var state = running ? VirtualMachinePowerState.PoweredOn : VirtualMachinePowerState.PoweredOff;
        await lab.RunAsync(new MigrateVMTaskRequest
        {
            This = machine,
            Host = target,
            Pool = pool,
            Priority = VirtualMachineMovePriority.DefaultPriority,
            State = state,
        });

        Assert.Equal(target, await lab.GetAsync<ManagedObjectReference>(machine, "runtime.host"));
        Assert.Equal(pool, await lab.GetAsync<ManagedObjectReference>(machine, "resourcePool"));
        Assert.Contains(machine, (await lab.GetAsync<List<ManagedObjectReference>>(target, "vm"))!);
        Assert.DoesNotContain(machine, await lab.GetAsync<List<ManagedObjectReference>>(source, "vm") ?? []);
        Assert.Equal(state, await lab.GetAsync<VirtualMachinePowerState>(machine, "runtime.powerState"));
        await lab.FaultAsync<InvalidPowerState>(new MigrateVMTaskRequest
        {
            This = machine,
            Host = source,
            Priority = VirtualMachineMovePriority.DefaultPriority,
            State = VirtualMachinePowerState.Suspended,
        });
        await lab.FaultAsync<InvalidArgument>(
            new MigrateVMTaskRequest { This = machine, Priority = VirtualMachineMovePriority.DefaultPriority });
    }

    [Fact]
    public async Task A_running_machine_whose_serial_port_leads_to_the_network_without_a_concentrator_stays()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm");
        await lab.RunAsync(new ReconfigVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineConfigSpec
            {
                DeviceChange =
                [
                    new VirtualDeviceConfigSpec
                    {
                        Operation = VirtualDeviceConfigSpecOperation.Add,
                        Device = new VirtualSerialPort
                        {
                            Key = -1,
                            Backing = new VirtualSerialPortURIBackingInfo { Direction = "client", ServiceURI = "tcp://127.0.0.1:1" },
                        },
                    },
                ],
            },
        });
        await lab.PowerOnAsync(machine);
        var source = await lab.GetAsync<ManagedObjectReference>(machine, "runtime.host");
        var migrate = new MigrateVMTaskRequest
        {
            This = machine,
            Host = Hosts(lab).Single(host => host != source),
            Priority = VirtualMachineMovePriority.DefaultPriority,
        };
        await lab.FaultAsync<DisallowedMigrationDeviceAttached>(migrate);
        Assert.Equal(source, await lab.GetAsync<ManagedObjectReference>(machine, "runtime.host"));
        await lab.PowerOffAsync(machine);
        await lab.RunAsync(migrate);
    }

    [Fact]
    public async Task A_machine_that_is_off_moves_to_another_datastore_with_its_disks_and_leaves_nothing()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096, 4096);
        var uuid = ((VirtualDiskFlatVer2BackingInfo)(await lab.DisksAsync(machine))[0].Backing!).Uuid;
        var relocate = new RelocateVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineRelocateSpec { Datastore = Datastore(lab, "datastore2") },
        };
        await lab.PowerOnAsync(machine);
        await lab.FaultAsync<InvalidPowerState>(relocate);
        await lab.PowerOffAsync(machine);
        lab.Server.Storage.CutWrite(2);
        await lab.FaultAsync<FileFault>(relocate);
        Assert.Equal(5, lab.Files("[datastore1] vm").Count);
        Assert.Empty(lab.Files("[datastore2]"));

        await lab.RunAsync(relocate);
        Assert.Empty(lab.Files("[datastore1]"));
        Assert.Equal(
            ["vm-flat.vmdk", "vm.vmdk", "vm.vmx", "vm_1-flat.vmdk", "vm_1.vmdk"], lab.Files("[datastore2] vm"));
        Assert.Equal("[datastore2] vm/vm.vmx", await lab.GetAsync<string>(machine, "config.files.vmPathName"));
        Assert.Equal([Datastore(lab, "datastore2")], await lab.GetAsync<List<ManagedObjectReference>>(machine, "datastore"));
        Assert.Equal(uuid, ((VirtualDiskFlatVer2BackingInfo)(await lab.DisksAsync(machine))[0].Backing!).Uuid);
        await lab.PowerOnAsync(machine);
    }

    [Fact]
    public async Task A_linked_disk_moves_as_a_child_or_becomes_whole()
    {
        await using var lab = await MachineLab.StartAsync();
        await lab.CreateAsync("parent", 4096);
        var machine = await lab.CreateLinkedAsync("child", "[datastore1] parent/parent.vmdk");
        await lab.RunAsync(new RelocateVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineRelocateSpec { Datastore = Datastore(lab, "datastore2"), DiskMoveType = "moveChildMostDiskBacking" },
        });
        Assert.Equal(["[datastore2] child/child.vmdk", "[datastore1] parent/parent.vmdk"], await lab.ChainAsync(machine));
        await lab.RunAsync(new RelocateVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineRelocateSpec { Datastore = Datastore(lab, "datastore1") },
        });
        Assert.Equal(["[datastore1] child/child.vmdk"], await lab.ChainAsync(machine));
        Assert.Empty(lab.Files("[datastore2]"));
    }

    internal static ResourceConfigSpec Unlimited()
    {
        var allocation = new ResourceAllocationInfo
        {
            Reservation = 0,
            ExpandableReservation = true,
            Limit = -1,
            Shares = new SharesInfo { Level = SharesLevel.Normal, Shares = 4000 },
        };
        return new ResourceConfigSpec { CpuAllocation = allocation, MemoryAllocation = allocation };
    }

    private static List<ManagedObjectReference> Hosts(MachineLab lab)
    {
        lock (lab.Server.World.Store.Gate)
        {
            return [.. lab.Server.World.Store.OfType<Vic.Lab.Inventory.HostEntity>().Select(host => host.Reference)];
        }
    }

    private static ManagedObjectReference Datastore(MachineLab lab, string name)
    {
        lock (lab.Server.World.Store.Gate)
        {
            return lab.Server.World.FindDatastore(name)!.Reference;
        }
    }
}
