using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>vApps power their machines in order.</summary>
public sealed class VAppPowerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machines_start_in_order_stop_in_the_opposite_one_and_the_vApp_says_how_it_stands()
    {
        await using var lab = await MachineLab.StartAsync();
        var (vapp, children) = await CreateAsync(lab, "first", "second", "third", "never");
        await lab.Client.InvokeAsync(
            new UpdateVAppConfigRequest
            {
                This = vapp,
                Spec = new VAppConfigSpec
                {
                    EntityConfig =
                    [
                        new VAppEntityConfigInfo { Key = children[0], StartOrder = 1, StartAction = "powerOn", StopAction = "powerOff" },
                        new VAppEntityConfigInfo { Key = children[1], StartOrder = 2, StartAction = "powerOn", StopAction = "powerOff" },
                        new VAppEntityConfigInfo { Key = children[2], StartOrder = 3, StartAction = "powerOn", StopAction = "suspend" },
                        new VAppEntityConfigInfo { Key = children[3], StartOrder = 4, StartAction = "none" },
                    ],
                },
            },
            Cancellation);
        Assert.Equal(VirtualAppVAppState.Stopped, await StateAsync(lab, vapp));
        await lab.FaultAsync<InvalidState>(new PowerOffVAppTaskRequest { This = vapp, Force = false });

        await lab.RunAsync(new PowerOnVAppTaskRequest { This = vapp });
        Assert.Equal(VirtualAppVAppState.Started, await StateAsync(lab, vapp));
        Assert.Equal(["first", "second", "third"], Events<VmPoweredOnEvent>(lab));
        await lab.FaultAsync<InvalidState>(new PowerOnVAppTaskRequest { This = vapp });

        await lab.RunAsync(new PowerOffVAppTaskRequest { This = vapp, Force = false });
        Assert.Equal(["second", "first"], Events<VmPoweredOffEvent>(lab));
        Assert.Equal(VirtualMachinePowerState.Suspended, await lab.GetAsync<VirtualMachinePowerState>(children[2], "runtime.powerState"));
        Assert.Equal(VirtualAppVAppState.Stopped, await StateAsync(lab, vapp));

        await lab.RunAsync(new PowerOnVAppTaskRequest { This = vapp });
        await lab.RunAsync(new PowerOffVAppTaskRequest { This = vapp, Force = true });
        Assert.Equal(VirtualMachinePowerState.PoweredOff, await lab.GetAsync<VirtualMachinePowerState>(children[2], "runtime.powerState"));
    }

    [Fact]
    public async Task A_vApp_is_suspended_with_its_machines_and_resumed()
    {
        await using var lab = await MachineLab.StartAsync();
        var (vapp, children) = await CreateAsync(lab, "first", "second");
        await lab.RunAsync(new PowerOnVAppTaskRequest { This = vapp });
        await lab.RunAsync(new SuspendVAppTaskRequest { This = vapp });
        var summary = (await lab.GetAsync<VirtualAppSummary>(vapp, "summary"))!;
        Assert.Equal((VirtualAppVAppState.Stopped, true), (summary.VAppState!.Value, summary.Suspended!.Value));
        foreach (var child in children)
        {
            Assert.Equal(VirtualMachinePowerState.Suspended, await lab.GetAsync<VirtualMachinePowerState>(child, "runtime.powerState"));
        }

        await lab.RunAsync(new PowerOnVAppTaskRequest { This = vapp });
        Assert.False((await lab.GetAsync<VirtualAppSummary>(vapp, "summary"))!.Suspended);
    }

    [Fact]
    public async Task A_vApp_whose_machine_does_not_start_fails_and_can_be_stopped()
    {
        await using var lab = await MachineLab.StartAsync();
        var (vapp, children) = await CreateAsync(lab, "first", "second");
        var disk = MachineLab.NewDisk(1000, 0, 4096);
        await lab.RunAsync(new ReconfigVMTaskRequest { This = children[1], Spec = new VirtualMachineConfigSpec { DeviceChange = [disk] } });
        File.Delete(lab.PathOf("[datastore1] second/second.vmdk"));
        await Assert.ThrowsAsync<VimFaultException>(() => lab.RunAsync(new PowerOnVAppTaskRequest { This = vapp }));
        Assert.Equal(VirtualAppVAppState.Started, await StateAsync(lab, vapp));
        await lab.FaultAsync<InvalidPowerState>(new DestroyTaskRequest { This = vapp });
        Assert.Equal(2, (await lab.GetAsync<List<ManagedObjectReference>>(vapp, "vm"))!.Count);

        await lab.RunAsync(new PowerOffVAppTaskRequest { This = vapp, Force = true });
        await lab.RunAsync(new DestroyTaskRequest { This = vapp });
        Assert.Empty(lab.Files("[datastore1] first"));
    }

    [Fact]
    public async Task Many_machines_power_on_in_one_call_that_says_which_it_left_out()
    {
        await using var lab = await MachineLab.StartAsync();
        var (off, on) = (await lab.CreateAsync("off"), await lab.CreateAsync("on"));
        await lab.PowerOnAsync(on);
        var result = (ClusterPowerOnVmResult)(await lab.RunAsync(
            new PowerOnMultiVMTaskRequest { This = lab.Server.World.Datacenter.Reference, Vm = [off, on] }))!;
        var attempted = Assert.Single(result.Attempted!);
        Assert.Equal(off, attempted.Vm);
        await lab.Client.WaitForTaskAsync(attempted.Task!.Value, cancellationToken: Cancellation);
        var left = Assert.Single(result.NotAttempted!);
        Assert.Equal(on, left.Vm);
        Assert.IsType<InvalidPowerState>(left.Fault.Fault);
    }

    private static async Task<(ManagedObjectReference VApp, List<ManagedObjectReference> Children)> CreateAsync(MachineLab lab, params string[] names)
    {
        var vapp = await lab.Client.InvokeAsync(
            new CreateVAppRequest { This = lab.Pool, Name = "vapp", ResSpec = MigrationTests.Unlimited(), ConfigSpec = new VAppConfigSpec() }, Cancellation);
        var children = new List<ManagedObjectReference>();
        foreach (var name in names)
        {
            var spec = new VirtualMachineConfigSpec
            {
                Name = name,
                GuestId = "other3xLinux64Guest",
                Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
                DeviceChange =
                [
                    new VirtualDeviceConfigSpec
                    {
                        Operation = VirtualDeviceConfigSpecOperation.Add,
                        Device = new ParaVirtualSCSIController { Key = -1, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing },
                    },
                ],
            };
            children.Add((ManagedObjectReference)(await lab.RunAsync(new CreateChildVMTaskRequest { This = vapp, Config = spec }))!);
        }

        return (vapp, children);
    }

    private static async Task<VirtualAppVAppState> StateAsync(MachineLab lab, ManagedObjectReference vapp)
        => (await lab.GetAsync<VirtualAppSummary>(vapp, "summary"))!.VAppState!.Value;

    private static List<string> Events<T>(MachineLab lab)
        where T : VmEvent
    {
        lock (lab.Server.World.Store.Gate)
        {
            return [.. lab.Server.World.Events.All.Select(record => record.Event).OfType<T>().Select(occurred => occurred.Vm!.Name)];
        }
    }
}
