using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>Copies of machines, and machines that come back from their files.</summary>
public sealed class CloneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clone_has_disks_and_names_of_its_own_and_the_source_is_as_before(bool running)
    {
        await using var lab = await MachineLab.StartAsync();
        var source = await lab.CreateAsync("source", 4096, 4096);
        if (running)
        {
            await lab.PowerOnAsync(source);
        }

        var before = lab.Files("[datastore1] source");
        var clone = await CloneAsync(lab, source, new VirtualMachineCloneSpec
        {
            Location = new VirtualMachineRelocateSpec(),
            PowerOn = true,
            Config = new VirtualMachineConfigSpec { MemoryMB = 512, ExtraConfig = [new OptionValue { Key = "guestinfo.own", Value = "yes" }] },
        });

        Assert.Equal(["[datastore1] clone/clone.vmdk"], await lab.ChainAsync(clone));
        var (ours, theirs) = (await ConfigAsync(lab, clone), await ConfigAsync(lab, source));
        Assert.Equal((512, 128), (ours.Hardware.MemoryMB, theirs.Hardware.MemoryMB));
        Assert.NotEqual(theirs.Uuid, ours.Uuid);
        Assert.NotEqual(theirs.InstanceUuid, ours.InstanceUuid);
        Assert.Contains(ours.ExtraConfig!, option => option.Key == "guestinfo.own");
        Assert.Equal(VirtualMachinePowerState.PoweredOn, await lab.GetAsync<VirtualMachinePowerState>(clone, "runtime.powerState"));
        Assert.Equal(before, lab.Files("[datastore1] source"));
        Assert.Single(await lab.ChainAsync(source));
        Assert.Null(await lab.GetAsync<VirtualMachineSnapshotInfo>(source, "snapshot"));
    }

    [Fact]
    public async Task A_linked_clone_grows_from_a_snapshot_which_then_keeps_its_disk()
    {
        await using var lab = await MachineLab.StartAsync();
        var source = await lab.CreateAsync("source", 4096);
        var linked = new VirtualMachineRelocateSpec { DiskMoveType = "createNewChildDiskBacking" };
        Assert.Equal("spec.snapshot", (await lab.FaultAsync<InvalidArgument>(
            Clone(lab, source, new VirtualMachineCloneSpec { Location = linked }))).InvalidProperty);
        var snapshot = (ManagedObjectReference)(await lab.RunAsync(new CreateSnapshotTaskRequest { This = source, Name = "base" }))!;
        var clone = await CloneAsync(lab, source, new VirtualMachineCloneSpec { Location = linked, Snapshot = snapshot });
        Assert.Equal(["[datastore1] clone/clone.vmdk", "[datastore1] source/source.vmdk"], await lab.ChainAsync(clone));
        await lab.RunAsync(new DestroyTaskRequest { This = source });
        Assert.Equal(["source-flat.vmdk", "source.vmdk"], lab.Files("[datastore1] source"));
        await lab.PowerOnAsync(clone);
    }

    [Fact]
    public async Task A_clone_that_fails_leaves_nothing_and_a_customization_is_refused()
    {
        await using var lab = await MachineLab.StartAsync();
        var source = await lab.CreateAsync("source", 4096, 4096);
        await lab.FaultAsync<NotSupported>(Clone(
            lab, source, new VirtualMachineCloneSpec { Location = new VirtualMachineRelocateSpec(), Customization = new CustomizationSpec() }));
        lab.Server.Storage.CutWrite(2);
        await lab.FaultAsync<FileFault>(Clone(lab, source, new VirtualMachineCloneSpec { Location = new VirtualMachineRelocateSpec() }));
        await lab.FaultAsync<InvalidDeviceSpec>(Clone(lab, source, new VirtualMachineCloneSpec
        {
            Location = new VirtualMachineRelocateSpec(),
            Config = new VirtualMachineConfigSpec { DeviceChange = [MachineLab.NewDisk(1000, 0, 4096)] },
        }));
        Assert.False(Directory.Exists(lab.PathOf("[datastore1] clone")));
        Assert.Single(await lab.Client.RetrieveAllAsync("VirtualMachine", ["name"], lab.Client.Content.RootFolder, Cancellation));
    }

    [Fact]
    public async Task An_instant_clone_runs_beside_its_source_with_variables_of_its_own()
    {
        await using var lab = await MachineLab.StartAsync();
        var source = await lab.CreateAsync("source", 4096);
        var request = new InstantCloneTaskRequest
        {
            This = source,
            Spec = new VirtualMachineInstantCloneSpec
            {
                Name = "instant",
                Location = new VirtualMachineRelocateSpec(),
                Config = [new OptionValue { Key = "guestinfo.who", Value = "the second" }],
                BiosUuid = "564d0123-4567-89ab-cdef-0123456789ab",
            },
        };
        await lab.FaultAsync<InvalidPowerState>(request);
        await lab.PowerOnAsync(source);
        var clone = (ManagedObjectReference)(await lab.RunAsync(request))!;

        Assert.Equal(VirtualMachinePowerState.PoweredOn, await lab.GetAsync<VirtualMachinePowerState>(clone, "runtime.powerState"));
        Assert.Equal(VirtualMachinePowerState.PoweredOn, await lab.GetAsync<VirtualMachinePowerState>(source, "runtime.powerState"));
        Assert.Equal(["[datastore1] instant/instant.vmdk", "[datastore1] source/source.vmdk"], await lab.ChainAsync(clone));
        Assert.Equal(["[datastore1] source/source-000001.vmdk", "[datastore1] source/source.vmdk"], await lab.ChainAsync(source));
        var config = await ConfigAsync(lab, clone);
        Assert.Equal("564d0123-4567-89ab-cdef-0123456789ab", config.Uuid);
        Assert.Contains(config.ExtraConfig!, option => option is { Key: "guestinfo.who", Value: "the second" });
    }

    [Fact]
    public async Task A_machine_that_is_registered_again_is_what_it_was_snapshots_and_all()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096, 8192);
        await lab.RunAsync(new ReconfigVMTaskRequest
        {
            This = machine,
            Spec = new VirtualMachineConfigSpec
            {
                Annotation = "two\nlines",
                MemoryMB = 768,
                NumCPUs = 2,
                ExtraConfig = [new OptionValue { Key = "guestinfo.kept", Value = "a \"quoted\" value" }],
                DeviceChange =
                [
                    Add(new VirtualVmxnet3
                    {
                        Key = -1,
                        Backing = new VirtualEthernetCardDistributedVirtualPortBackingInfo
                        {
                            Port = new DistributedVirtualSwitchPortConnection { PortgroupKey = "dvportgroup-15", SwitchUuid = string.Empty },
                        },
                    }),
                    Add(new VirtualSerialPort
                    {
                        Key = -2,
                        YieldOnPoll = true,
                        Backing = new VirtualSerialPortURIBackingInfo
                        {
                            Direction = "client",
                            ServiceURI = "tcp://127.0.0.1:2377",
                            ProxyURI = "telnet://10.77.0.15:2377",
                        },
                    }),
                    Add(new VirtualCdrom { Key = -3, ControllerKey = 200, UnitNumber = 0, Backing = new VirtualCdromRemotePassthroughBackingInfo() }),
                ],
            },
        });
        await lab.RunAsync(new CreateSnapshotTaskRequest { This = machine, Name = "first", Description = "one" });
        await lab.RunAsync(new CreateSnapshotTaskRequest { This = machine, Name = "second" });
        var before = await ConfigAsync(lab, machine);
        await lab.Client.InvokeAsync(new UnregisterVMRequest { This = machine }, Cancellation);
        Assert.Empty(await lab.Client.RetrieveAllAsync("VirtualMachine", ["name"], lab.Client.Content.RootFolder, Cancellation));

        // The directory may be elsewhere by then.
        await lab.RunAsync(new MoveDatastoreFileTaskRequest
        {
            This = lab.Client.Content.FileManager!.Value,
            SourceName = "[datastore1] vm",
            DestinationName = "[datastore2] moved",
        });
        var again = (ManagedObjectReference)(await lab.RunAsync(Register(lab, "[datastore2] moved/vm.vmx")))!;
        var after = await ConfigAsync(lab, again);
        Assert.Equal(
            (before.Name, before.Annotation, before.Uuid, before.InstanceUuid, before.GuestId, 768, 2),
            (after.Name, after.Annotation, after.Uuid, after.InstanceUuid, after.GuestId, after.Hardware.MemoryMB, after.Hardware.NumCPU));
        Assert.Equal(
            before.Hardware.Device!.Select(device => (device.GetType(), device.Key, device.ControllerKey, device.UnitNumber)),
            after.Hardware.Device!.Select(device => (device.GetType(), device.Key, device.ControllerKey, device.UnitNumber)));
        Assert.Equal(
            before.Hardware.Device!.OfType<VirtualEthernetCard>().Single().MacAddress,
            after.Hardware.Device!.OfType<VirtualEthernetCard>().Single().MacAddress);
        var port = (VirtualSerialPortURIBackingInfo)after.Hardware.Device!.OfType<VirtualSerialPort>().Single().Backing!;
        Assert.Equal(("client", "tcp://127.0.0.1:2377", "telnet://10.77.0.15:2377"), (port.Direction, port.ServiceURI, port.ProxyURI));
        Assert.Equal(
            before.ExtraConfig!.Select(option => (option.Key, option.Value)).Order(),
            after.ExtraConfig!.Select(option => (option.Key, option.Value)).Order());
        Assert.Equal(
            ["[datastore2] moved/vm-000002.vmdk", "[datastore2] moved/vm-000001.vmdk", "[datastore2] moved/vm.vmdk"], await lab.ChainAsync(again));

        var root = (await lab.GetAsync<VirtualMachineSnapshotInfo>(again, "snapshot"))!.RootSnapshotList[0];
        Assert.Equal(("first", "one", "second"), (root.Name, root.Description, root.ChildSnapshotList![0].Name));
        await lab.RunAsync(new RevertToSnapshotTaskRequest { This = root.Snapshot });
        await lab.RunAsync(new RemoveAllSnapshotsTaskRequest { This = again });
        Assert.Equal(["[datastore2] moved/vm.vmdk"], await lab.ChainAsync(again));
    }

    [Fact]
    public async Task What_cannot_be_registered_is_refused()
    {
        await using var lab = await MachineLab.StartAsync();
        await lab.CreateAsync("vm", 4096);
        Assert.Equal("[datastore1] vm/vm.vmx", (await lab.FaultAsync<AlreadyExists>(Register(lab, "[datastore1] vm/vm.vmx", "other"))).Name);
        await lab.FaultAsync<FileNotFound>(Register(lab, "[datastore1] nowhere/vm.vmx"));
        await File.WriteAllTextAsync(lab.PathOf("[datastore1] note.vmx"), "no = \"machine\"\n", Cancellation);
        await lab.FaultAsync<InvalidFormat>(Register(lab, "[datastore1] note.vmx"));
    }

    [Fact]
    public async Task A_machine_registers_into_a_vApp_and_as_a_template_that_does_not_start()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        await lab.Client.InvokeAsync(new UnregisterVMRequest { This = machine }, Cancellation);
        var vapp = await lab.Client.InvokeAsync(
            new CreateVAppRequest { This = lab.Pool, Name = "vapp", ResSpec = MigrationTests.Unlimited(), ConfigSpec = new VAppConfigSpec() }, Cancellation);
        var child = (ManagedObjectReference)(await lab.RunAsync(
            new RegisterChildVMTaskRequest { This = vapp, Path = "[datastore1] vm/vm.vmx", Name = "child" }))!;
        Assert.Equal(vapp, await lab.GetAsync<ManagedObjectReference>(child, "parentVApp"));
        Assert.Equal("child", await lab.GetAsync<string>(child, "name"));
        await lab.Client.InvokeAsync(new UnregisterVMRequest { This = child }, Cancellation);

        var register = Register(lab, "[datastore1] vm/vm.vmx");
        register.AsTemplate = true;
        var template = (ManagedObjectReference)(await lab.RunAsync(register))!;
        await lab.FaultAsync<NotSupported>(new PowerOnVMTaskRequest { This = template });
    }

    [Fact]
    public async Task A_question_holds_power_operations_up_until_it_is_answered()
    {
        await using var lab = await MachineLab.StartAsync();
        var machine = await lab.CreateAsync("vm", 4096);
        var asked = lab.Server.AskAsync("vm", "Did you move it or copy it?", "Cancel", "I moved it", "I copied it");
        var question = (await lab.GetAsync<VirtualMachineQuestionInfo>(machine, "runtime.question"))!;
        Assert.Equal("I copied it", question.Choice.ChoiceInfo[2].Label);
        Assert.Equal("Did you move it or copy it?", (await lab.FaultAsync<QuestionPending>(new PowerOnVMTaskRequest { This = machine })).Text);
        await RefusedAsync("another", "0");
        await RefusedAsync(question.Id, "7");
        await lab.Client.InvokeAsync(new AnswerVMRequest { This = machine, QuestionId = question.Id, AnswerChoice = "1" }, Cancellation);
        Assert.Equal("I moved it", await asked.WaitAsync(Cancellation));
        await lab.PowerOnAsync(machine);
        await RefusedAsync(question.Id, "1");

        async Task RefusedAsync(string id, string choice) => Assert.IsType<InvalidArgument>((await Assert.ThrowsAsync<VimFaultException>(
            () => lab.Client.InvokeAsync(new AnswerVMRequest { This = machine, QuestionId = id, AnswerChoice = choice }, Cancellation))).Fault);
    }

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) => new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };

    private static RegisterVMTaskRequest Register(MachineLab lab, string path, string? name = null)
        => new() { This = lab.Folder, Path = path, Name = name, AsTemplate = false, Pool = lab.Pool };

    private static CloneVMTaskRequest Clone(MachineLab lab, ManagedObjectReference source, VirtualMachineCloneSpec spec)
        => new() { This = source, Folder = lab.Folder, Name = "clone", Spec = spec };

    private static async Task<ManagedObjectReference> CloneAsync(MachineLab lab, ManagedObjectReference source, VirtualMachineCloneSpec spec)
        => (ManagedObjectReference)(await lab.RunAsync(Clone(lab, source, spec)))!;

    private static async Task<VirtualMachineConfigInfo> ConfigAsync(MachineLab lab, ManagedObjectReference machine)
        => (await lab.GetAsync<VirtualMachineConfigInfo>(machine, "config"))!;
}
