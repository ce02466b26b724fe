using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class DistributedSwitchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_switch_has_its_hosts_and_an_uplink_port_group()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await lab.FindAsync("HostSystem", "esx1.lab.local");

        var dvs = await CreateAsync(lab, "second", host);

        Assert.Equal([host], await lab.ReadAsync<List<ManagedObjectReference>>(dvs.Reference, "summary.hostMember"));
        var uplinks = (await lab.ReadAsync<List<ManagedObjectReference>>(dvs.Reference, "config.uplinkPortgroup"))!.Single();
        Assert.True(await lab.ReadAsync<bool>(uplinks, "config.uplink"));
        Assert.Equal("SYSTEM/DVS.UPLINKPG", (await lab.ReadAsync<List<Tag>>(uplinks, "tag"))!.Single().Key);
        await ConnectedLab.FaultOfAsync<DuplicateName>(() => CreateAsync(lab, "second", host));
    }

    [Fact]
    public async Task A_port_group_appears_on_the_switchs_hosts_and_in_the_folder()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);

        var group = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web", Type = "earlyBinding", NumPorts = 4 });

        Assert.Equal(4, (await lab.ReadAsync<List<string>>(group, "portKeys"))!.Distinct().Count());
        Assert.Equal(2, (await lab.ReadAsync<List<ManagedObjectReference>>(group, "host"))!.Count);
        Assert.Contains("web", (await lab.ReadAsync<List<string>>(dvs.Reference, "summary.portgroupName"))!);
        var datacenter = await lab.FindAsync("Datacenter");
        Assert.Contains(group, (await lab.ReadAsync<List<ManagedObjectReference>>(datacenter, "network"))!);
        await ConnectedLab.FaultOfAsync<DuplicateName>(() => AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web", Type = "ephemeral" }));
    }

    [Fact]
    public async Task Either_all_port_groups_of_a_call_are_added_or_none()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var before = await lab.ReadAsync<List<ManagedObjectReference>>(dvs.Reference, "portgroup");

        await ConnectedLab.FaultOfAsync<DuplicateName>(async () => await lab.RunAsync(await dvs.AddDVPortgroupTaskAsync(
            [new DVPortgroupConfigSpec { Name = "one" }, new DVPortgroupConfigSpec { Name = "one" }], Token)));

        Assert.Equal(before, await lab.ReadAsync<List<ManagedObjectReference>>(dvs.Reference, "portgroup"));
    }

    [Fact]
    public async Task A_port_group_that_is_full_takes_no_further_adapter()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var group = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "tiny", Type = "earlyBinding", NumPorts = 1 });
        var first = await MachineAsync(lab, dvs, group, "first");

        var fault = await ConnectedLab.FaultOfAsync<ResourceNotAvailable>(() => MachineAsync(lab, dvs, group, "second"));

        Assert.Equal("tiny", fault.ContainerName);
        await lab.RunAsync(await new VirtualMachine(lab.Client, first).DestroyTaskAsync(Token));
        await MachineAsync(lab, dvs, group, "second");
    }

    [Fact]
    public async Task A_port_group_that_may_grow_grows()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var group = await AddGroupAsync(
            lab, dvs, new DVPortgroupConfigSpec { Name = "elastic", Type = "earlyBinding", NumPorts = 1, AutoExpand = true });

        await MachineAsync(lab, dvs, group, "first");
        await MachineAsync(lab, dvs, group, "second");

        Assert.Equal(9, await lab.ReadAsync<int>(group, "config.numPorts"));
    }

    [Fact]
    public async Task Ports_tell_which_machines_adapter_is_connected_and_the_adapter_tells_its_port()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var group = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web", Type = "earlyBinding", NumPorts = 4 });
        var machine = await MachineAsync(lab, dvs, group, "machine");

        var port = (await PortsAsync(dvs, group, connected: true)).Single();

        Assert.Equal(machine, port.Connectee!.ConnectedEntity);
        Assert.False(port.State!.RuntimeInfo!.LinkUp);
        var card = await CardAsync(lab, machine);
        Assert.Equal(port.Connectee.NicKey, $"{card.Key}");
        Assert.Equal(port.Key, ((VirtualEthernetCardDistributedVirtualPortBackingInfo)card.Backing!).Port.PortKey);
        Assert.Equal(3, (await PortsAsync(dvs, group, connected: false)).Count);

        await lab.PowerOnAsync(machine);
        Assert.True((await PortsAsync(dvs, group, connected: true)).Single().State!.RuntimeInfo!.LinkUp);
    }

    [Fact]
    public async Task An_ephemeral_port_is_there_only_while_its_machine_runs()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var group = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "passing", Type = "ephemeral" });
        var machine = await MachineAsync(lab, dvs, group, "machine");
        Assert.Empty(await PortsAsync(dvs, group));

        await lab.PowerOnAsync(machine);
        Assert.Equal(machine, (await PortsAsync(dvs, group)).Single().Connectee!.ConnectedEntity);

        await lab.PowerOffAsync(machine);
        Assert.Empty(await PortsAsync(dvs, group));
    }

    [Fact]
    public async Task An_adapter_that_moves_to_another_port_group_leaves_its_port()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var from = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "from", NumPorts = 1 });
        var to = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "to", NumPorts = 1 });
        var machine = await MachineAsync(lab, dvs, from, "machine");
        var card = await CardAsync(lab, machine);
        card.Backing = await BackingAsync(lab, dvs, to);

        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec
            {
                DeviceChange = [new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Edit, Device = card }],
            },
            Token));

        Assert.Empty(await PortsAsync(dvs, from, connected: true));
        Assert.Single(await PortsAsync(dvs, to, connected: true));
    }

    [Fact]
    public async Task A_change_that_was_made_from_an_old_version_is_refused()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var reference = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web" });
        var group = new DistributedVirtualPortgroup(lab.Client, reference);
        var (groupVersion, version) = (await lab.ReadAsync<string>(reference, "config.configVersion"), await lab.ReadAsync<string>(dvs.Reference, "config.configVersion"));

        await lab.RunAsync(await group.ReconfigureDVPortgroupTaskAsync(new DVPortgroupConfigSpec { ConfigVersion = groupVersion, Description = "a" }, Token));
        await lab.RunAsync(await dvs.ReconfigureDvsTaskAsync(new DVSConfigSpec { ConfigVersion = version, Description = "a" }, Token));

        await ConnectedLab.FaultOfAsync<ConcurrentAccess>(async () => await lab.RunAsync(
            await group.ReconfigureDVPortgroupTaskAsync(new DVPortgroupConfigSpec { ConfigVersion = groupVersion, Description = "b" }, Token)));
        await ConnectedLab.FaultOfAsync<ConcurrentAccess>(async () => await lab.RunAsync(
            await dvs.ReconfigureDvsTaskAsync(new DVSConfigSpec { ConfigVersion = version, Description = "b" }, Token)));
        Assert.Equal("a", await lab.ReadAsync<string>(reference, "config.description"));
    }

    [Fact]
    public async Task A_host_joins_and_leaves_but_not_while_its_machines_are_connected()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var (first, second) = (await lab.FindAsync("HostSystem", "esx1.lab.local"), await lab.FindAsync("HostSystem", "esx2.lab.local"));
        var dvs = await CreateAsync(lab, "second", first);
        var group = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web" });
        await ChangeHostAsync(lab, dvs, "add", second);
        Assert.Contains(group, (await lab.ReadAsync<List<ManagedObjectReference>>(second, "network"))!);
        await ConnectedLab.FaultOfAsync<AlreadyExists>(() => ChangeHostAsync(lab, dvs, "add", second));

        var machine = await MachineAsync(lab, dvs, group, "machine", second);
        await ConnectedLab.FaultOfAsync<ResourceInUse>(() => ChangeHostAsync(lab, dvs, "remove", second));
        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));
        await ChangeHostAsync(lab, dvs, "remove", second);

        Assert.DoesNotContain(group, (await lab.ReadAsync<List<ManagedObjectReference>>(second, "network"))!);
        await ConnectedLab.FaultOfAsync<NotFound>(() => ChangeHostAsync(lab, dvs, "remove", second));
    }

    [Fact]
    public async Task A_switch_or_port_group_in_use_is_not_destroyed_and_a_free_one_goes_with_all_it_has()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await CreateAsync(lab, "second", await lab.FindAsync("HostSystem", "esx1.lab.local"));
        var reference = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web" });
        var machine = await MachineAsync(lab, dvs, reference, "machine");
        var group = new DistributedVirtualPortgroup(lab.Client, reference);

        await ConnectedLab.FaultOfAsync<ResourceInUse>(async () => await lab.RunAsync(await group.DestroyTaskAsync(Token)));
        await ConnectedLab.FaultOfAsync<ResourceInUse>(async () => await lab.RunAsync(await dvs.DestroyTaskAsync(Token)));
        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));
        await lab.RunAsync(await dvs.DestroyTaskAsync(Token));

        var networks = await lab.Client.RetrieveAllAsync("Network", ["name"], cancellationToken: Token);
        Assert.Equal(["VM Network", "bridge"], networks.Select(network => network.Get<string>("name")!));
        var host = await lab.FindAsync("HostSystem", "esx1.lab.local");
        Assert.DoesNotContain(reference, (await lab.ReadAsync<List<ManagedObjectReference>>(host, "network"))!);
    }

    [Fact]
    public async Task Wrong_numbers_types_and_switches_are_refused()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var group = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web" });
        var wrong = new VMwareDVSPortSetting { Vlan = new VmwareDistributedVirtualSwitchVlanIdSpec { VlanId = 4095 } };

        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "a", Type = "static" }));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "a", NumPorts = -1 }));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "a", DefaultPortConfig = wrong }));
        var other = await CreateAsync(lab, "second", await lab.FindAsync("HostSystem"));
        await ConnectedLab.FaultOfAsync<InvalidDeviceBacking>(() => MachineAsync(lab, other, group, "machine"));
    }

    [Fact]
    public async Task A_port_group_has_another_name_everywhere_at_once()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var dvs = await SwitchAsync(lab);
        var group = await AddGroupAsync(lab, dvs, new DVPortgroupConfigSpec { Name = "web" });

        await lab.RunAsync(await new DistributedVirtualPortgroup(lab.Client, group).RenameTaskAsync("shop", Token));

        var names = await lab.Client.RetrieveAsync(group, ["name", "config.name", "summary.name"], Token);
        Assert.Equal(("shop", "shop", "shop"), (names.Get<string>("name"), names.Get<string>("config.name"), names.Get<string>("summary.name")));
        Assert.Contains("shop", (await lab.ReadAsync<List<string>>(dvs.Reference, "summary.portgroupName"))!);
    }

    private static async Task<DistributedVirtualSwitch> SwitchAsync(ConnectedLab lab)
        => new(lab.Client, await lab.FindAsync("DistributedVirtualSwitch", "DSwitch"));

    private static async Task<DistributedVirtualSwitch> CreateAsync(ConnectedLab lab, string name, ManagedObjectReference host)
    {
        var folder = new Folder(lab.Client, await lab.ReadAsync<ManagedObjectReference>(await lab.FindAsync("Datacenter"), "networkFolder"));
        var spec = new DVSCreateSpec
        {
            ConfigSpec = new VMwareDVSConfigSpec
            {
                Name = name,
                Host = [new DistributedVirtualSwitchHostMemberConfigSpec { Operation = "add", Host = host }],
            },
        };
        return new(lab.Client, (ManagedObjectReference)(await lab.RunAsync(await folder.CreateDVSTaskAsync(spec, Token)))!);
    }

    private static async Task<ManagedObjectReference> AddGroupAsync(ConnectedLab lab, DistributedVirtualSwitch dvs, DVPortgroupConfigSpec spec)
        => (ManagedObjectReference)(await lab.RunAsync(await dvs.CreateDVPortgroupTaskAsync(spec, Token)))!;

    private static async Task ChangeHostAsync(ConnectedLab lab, DistributedVirtualSwitch dvs, string operation, ManagedObjectReference host)
        => await lab.RunAsync(await dvs.ReconfigureDvsTaskAsync(
            new DVSConfigSpec { Host = [new DistributedVirtualSwitchHostMemberConfigSpec { Operation = operation, Host = host }] }, Token));

    private static async Task<ManagedObjectReference> MachineAsync(
        ConnectedLab lab, DistributedVirtualSwitch dvs, ManagedObjectReference group, string name, ManagedObjectReference? host = null)
    {
        var backing = await BackingAsync(lab, dvs, group);
        return await lab.CreateMachineAsync(
            name,
            change: spec => spec.DeviceChange =
            [
                new VirtualDeviceConfigSpec
                {
                    Operation = VirtualDeviceConfigSpecOperation.Add, Device = new VirtualVmxnet3 { Key = -1, Backing = backing },
                },
            ],
            host: host);
    }

    private static async Task<VirtualEthernetCardDistributedVirtualPortBackingInfo> BackingAsync(
        ConnectedLab lab, DistributedVirtualSwitch dvs, ManagedObjectReference group) => new()
        {
            Port = new DistributedVirtualSwitchPortConnection
            {
                SwitchUuid = (await lab.ReadAsync<string>(dvs.Reference, "uuid"))!,
                PortgroupKey = await lab.ReadAsync<string>(group, "key"),
            },
        };

    private static async Task<VirtualVmxnet3> CardAsync(ConnectedLab lab, ManagedObjectReference machine)
        => (await lab.ReadAsync<List<VirtualDevice>>(machine, "config.hardware.device"))!.OfType<VirtualVmxnet3>().Single();

    private static async Task<List<DistributedVirtualPort>> PortsAsync(
        DistributedVirtualSwitch dvs, ManagedObjectReference group, bool? connected = null)
        => await dvs.FetchDVPortsAsync(
            new DistributedVirtualSwitchPortCriteria { PortgroupKey = [group.Value], Inside = true, Connected = connected }, Token) ?? [];
}
