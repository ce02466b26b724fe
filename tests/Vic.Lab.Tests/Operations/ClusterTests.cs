using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class ClusterTests
{
    private static readonly LabOptions ThreeHosts = new() { HostCount = 3 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vCenter_has_as_many_clusters_and_single_hosts_as_asked_for()
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { ClusterCount = 2, HostCount = 2, StandaloneHostCount = 1 });

        var clusters = await lab.Client.RetrieveAllAsync("ClusterComputeResource", ["name", "summary.numHosts"], cancellationToken: Token);
        Assert.Equal([("Cluster", 2), ("Cluster2", 2)], clusters.Select(cluster => (cluster.Get<string>("name"), cluster.Get<int>("summary.numHosts"))));
        var hosts = await lab.Client.RetrieveAllAsync("HostSystem", ["name", "parent"], cancellationToken: Token);
        Assert.Equal(5, hosts.Count);
        Assert.Equal("ComputeResource", hosts[^1].Get<ManagedObjectReference>("parent").Type);
    }

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name_and_a_replacement_does_not()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var cluster = await ClusterAsync(lab);
        await ReconfigureAsync(lab, cluster, new ClusterConfigSpecEx { DasConfig = new ClusterDasConfigInfo { Enabled = true } });
        await ReconfigureAsync(lab, cluster, new ClusterConfigSpecEx { DrsConfig = new ClusterDrsConfigInfo { DefaultVmBehavior = DrsBehavior.Manual } });

        var config = (await lab.ReadAsync<ClusterConfigInfoEx>(cluster.Reference, "configurationEx"))!;
        Assert.Equal((true, true, DrsBehavior.Manual), (config.DasConfig.Enabled, config.DrsConfig.Enabled, config.DrsConfig.DefaultVmBehavior));

        await lab.RunAsync(await cluster.ReconfigureComputeResourceTaskAsync(new ClusterConfigSpecEx(), false, Token));

        config = (await lab.ReadAsync<ClusterConfigInfoEx>(cluster.Reference, "configurationEx"))!;
        Assert.Equal((false, false), (config.DasConfig.Enabled, config.DrsConfig.Enabled));
    }

    [Fact]
    public async Task A_machine_starts_only_on_the_hosts_that_a_rule_allows()
    {
        await using var lab = await ConnectedLab.StartAsync(ThreeHosts);
        var cluster = await ClusterAsync(lab);
        var machine = await lab.CreateMachineAsync("machine", host: await HostAsync(lab, 1));
        var allowed = await HostAsync(lab, 3);
        await ReconfigureAsync(lab, cluster, HostRule(machine, allowed, mandatory: true));

        var forbidden = await HostAsync(lab, 2);
        var fault = await ConnectedLab.FaultOfAsync<RuleViolation>(async () => await lab.RunAsync(
            await new VirtualMachine(lab.Client, machine).PowerOnVMTaskAsync(forbidden, Token)));
        Assert.Equal((forbidden, "placement"), (fault.Host, fault.Rule!.Name));
        await lab.PowerOnAsync(machine);

        Assert.Equal(allowed, await lab.ReadAsync<ManagedObjectReference>(machine, "runtime.host"));
    }

    [Fact]
    public async Task A_rule_that_need_not_be_kept_gives_way()
    {
        await using var lab = await ConnectedLab.StartAsync(ThreeHosts);
        var cluster = await ClusterAsync(lab);
        var machine = await lab.CreateMachineAsync("machine");
        var wished = await HostAsync(lab, 3);
        await ReconfigureAsync(lab, cluster, HostRule(machine, wished, mandatory: false));
        await lab.RunAsync(await new HostSystem(lab.Client, wished).EnterMaintenanceModeTaskAsync(0, null, Token));

        await lab.PowerOnAsync(machine);

        Assert.NotEqual(wished, await lab.ReadAsync<ManagedObjectReference>(machine, "runtime.host"));
    }

    [Fact]
    public async Task Machines_that_must_be_apart_run_on_different_hosts_as_long_as_there_are_enough()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var cluster = await ClusterAsync(lab);
        var host = await HostAsync(lab, 1);
        var machines = new List<ManagedObjectReference>();
        foreach (var name in new[] { "a", "b", "c" })
        {
            machines.Add(await lab.CreateMachineAsync(name, host: host));
        }

        await ReconfigureAsync(lab, cluster, new ClusterConfigSpecEx { RulesSpec = [Add(new ClusterAntiAffinityRuleSpec { Name = "apart", Enabled = true, Vm = machines })] });
        await lab.PowerOnAsync(machines[0]);
        await lab.PowerOnAsync(machines[1]);

        Assert.NotEqual(
            await lab.ReadAsync<ManagedObjectReference>(machines[0], "runtime.host"),
            await lab.ReadAsync<ManagedObjectReference>(machines[1], "runtime.host"));
        var fault = await ConnectedLab.FaultOfAsync<NoCompatibleHost>(() => lab.PowerOnAsync(machines[2]));
        Assert.All(fault.Error!, error => Assert.IsType<RuleViolation>(error.Fault));
    }

    [Fact]
    public async Task Machines_that_belong_together_come_to_one_host()
    {
        await using var lab = await ConnectedLab.StartAsync(ThreeHosts);
        var cluster = await ClusterAsync(lab);
        var (first, second) = (await lab.CreateMachineAsync("a", host: await HostAsync(lab, 1)), await lab.CreateMachineAsync("b", host: await HostAsync(lab, 2)));
        await ReconfigureAsync(lab, cluster, new ClusterConfigSpecEx { RulesSpec = [Add(new ClusterAffinityRuleSpec { Name = "together", Enabled = true, Vm = [first, second] })] });

        await lab.PowerOnAsync(first);
        await lab.PowerOnAsync(second);

        Assert.Equal(
            await lab.ReadAsync<ManagedObjectReference>(first, "runtime.host"),
            await lab.ReadAsync<ManagedObjectReference>(second, "runtime.host"));
    }

    [Fact]
    public async Task Rules_and_groups_are_edited_and_removed_and_wrong_ones_refused()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var cluster = await ClusterAsync(lab);
        var machine = await lab.CreateMachineAsync("machine");
        await ReconfigureAsync(lab, cluster, HostRule(machine, await HostAsync(lab, 1), mandatory: true));
        var rule = (await lab.ReadAsync<List<ClusterRuleInfo>>(cluster.Reference, "configurationEx.rule"))!.Single();

        await ReconfigureAsync(lab, cluster, new ClusterConfigSpecEx
        {
            RulesSpec = [new ClusterRuleSpec { Operation = ArrayUpdateOperation.Edit, Info = Disabled((ClusterVmHostRuleInfo)rule) }],
        });

        var edited = (await lab.ReadAsync<List<ClusterRuleInfo>>(cluster.Reference, "configurationEx.rule"))!.Single();
        Assert.Equal((rule.Key, rule.RuleUuid, false), (edited.Key, edited.RuleUuid, edited.Enabled));
        var removal = new ClusterConfigSpecEx { GroupSpec = [new ClusterGroupSpec { Operation = ArrayUpdateOperation.Remove, RemoveKey = "machines" }] };
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => ReconfigureAsync(lab, cluster, removal));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => ReconfigureAsync(
            lab, cluster, new ClusterConfigSpecEx { RulesSpec = [Add(new ClusterAffinityRuleSpec { Name = "one", Vm = [machine] })] }));
        removal.RulesSpec = [new ClusterRuleSpec { Operation = ArrayUpdateOperation.Remove, RemoveKey = rule.Key }];
        await ReconfigureAsync(lab, cluster, removal);

        Assert.Empty(await lab.ReadAsync<List<ClusterRuleInfo>>(cluster.Reference, "configurationEx.rule") ?? []);
        Assert.Single((await lab.ReadAsync<List<ClusterGroupInfo>>(cluster.Reference, "configurationEx.group"))!);
    }

    [Fact]
    public async Task A_host_in_maintenance_is_empty_and_takes_no_machine()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var reference = await HostAsync(lab, 1);
        var host = new HostSystem(lab.Client, reference);
        var machine = await lab.CreateMachineAsync("machine", host: reference);
        await lab.PowerOnAsync(machine);

        await lab.RunAsync(await host.EnterMaintenanceModeTaskAsync(0, null, Token));

        Assert.Equal(await HostAsync(lab, 2), await lab.ReadAsync<ManagedObjectReference>(machine, "runtime.host"));
        Assert.True(await lab.ReadAsync<bool>(reference, "summary.runtime.inMaintenanceMode"));
        Assert.Equal(1, await lab.ReadAsync<int>((await ClusterAsync(lab)).Reference, "summary.numEffectiveHosts"));
        await ConnectedLab.FaultOfAsync<InvalidState>(() => lab.CreateMachineAsync("other", host: reference));

        await lab.RunAsync(await host.ExitMaintenanceModeTaskAsync(0, Token));
        await lab.CreateMachineAsync("other", host: reference);
        await ConnectedLab.FaultOfAsync<InvalidState>(async () => await lab.RunAsync(await host.ExitMaintenanceModeTaskAsync(0, Token)));
    }

    [Fact]
    public async Task Without_DRS_maintenance_waits_for_whoever_empties_the_host()
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { HasDrs = false });
        var reference = await HostAsync(lab, 1);
        var host = new HostSystem(lab.Client, reference);
        var machine = await lab.CreateMachineAsync("machine", host: reference);
        await lab.PowerOnAsync(machine);

        await ConnectedLab.FaultOfAsync<Timedout>(async () => await lab.RunAsync(await host.EnterMaintenanceModeTaskAsync(1, null, Token)));
        Assert.False(await lab.ReadAsync<bool>(reference, "runtime.inMaintenanceMode"));

        var entering = await host.EnterMaintenanceModeTaskAsync(0, null, Token);
        await lab.PowerOffAsync(machine);
        await lab.RunAsync(entering);
        Assert.True(await lab.ReadAsync<bool>(reference, "runtime.inMaintenanceMode"));
    }

    [Fact]
    public async Task HA_starts_the_machines_of_a_failed_host_elsewhere_and_says_so()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var cluster = await ClusterAsync(lab);
        await ReconfigureAsync(lab, cluster, new ClusterConfigSpecEx { DasConfig = new ClusterDasConfigInfo { Enabled = true } });
        var (first, second) = (await HostAsync(lab, 1), await HostAsync(lab, 2));
        var running = await lab.CreateMachineAsync("running", host: first);
        var idle = await lab.CreateMachineAsync("idle", host: first);
        await lab.PowerOnAsync(running);

        await lab.Server.FailHostAsync("esx1.lab.local", Token);

        Assert.Equal(HostSystemConnectionState.NotResponding, await lab.ReadAsync<HostSystemConnectionState>(first, "runtime.connectionState"));
        var machine = await lab.Client.RetrieveAsync(running, ["runtime.host", "runtime.powerState", "runtime.connectionState"], Token);
        Assert.Equal(
            (second, VirtualMachinePowerState.PoweredOn, VirtualMachineConnectionState.Connected),
            (machine.Get<ManagedObjectReference>("runtime.host"), machine.Get<VirtualMachinePowerState>("runtime.powerState"),
                machine.Get<VirtualMachineConnectionState>("runtime.connectionState")));
        Assert.Equal(VirtualMachineConnectionState.Disconnected, await lab.ReadAsync<VirtualMachineConnectionState>(idle, "runtime.connectionState"));
        await ConnectedLab.FaultOfAsync<HostNotConnected>(() => lab.CreateMachineAsync("other", host: first));
        await ConnectedLab.FaultOfAsync<HostNotConnected>(() => lab.PowerOnAsync(idle));

        lab.Server.RepairHost("esx1.lab.local");

        Assert.Equal(VirtualMachineConnectionState.Connected, await lab.ReadAsync<VirtualMachineConnectionState>(idle, "runtime.connectionState"));
    }

    [Fact]
    public async Task Without_HA_the_machines_of_a_failed_host_stay_off()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine", host: await HostAsync(lab, 1));
        await lab.PowerOnAsync(machine);

        await lab.Server.FailHostAsync("esx1.lab.local", Token);

        Assert.Equal(VirtualMachinePowerState.PoweredOff, await lab.ReadAsync<VirtualMachinePowerState>(machine, "runtime.powerState"));
        Assert.Equal(VirtualMachineConnectionState.Disconnected, await lab.ReadAsync<VirtualMachineConnectionState>(machine, "runtime.connectionState"));
    }

    [Fact]
    public async Task A_host_is_disconnected_once_and_reconnected()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = new HostSystem(lab.Client, await HostAsync(lab, 1));
        await lab.RunAsync(await host.DisconnectHostTaskAsync(Token));

        await ConnectedLab.FaultOfAsync<InvalidState>(async () => await lab.RunAsync(await host.DisconnectHostTaskAsync(Token)));
        await lab.RunAsync(await host.ReconnectHostTaskAsync(null, Token));

        Assert.Equal(HostSystemConnectionState.Connected, await lab.ReadAsync<HostSystemConnectionState>(host.Reference, "runtime.connectionState"));
    }

    [Fact]
    public async Task A_host_tells_what_it_brings_to_an_inventory()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = await HostAsync(lab, 1);
        await lab.CreateMachineAsync("machine", host: host);

        var info = await new HostSystem(lab.Client, host).QueryHostConnectionInfoAsync(Token);

        Assert.Equal("machine", info.Vm!.Single().Config.Name);
        Assert.Equal(["datastore1", "datastore2"], info.Datastore!.Select(datastore => datastore.Summary.Name));
        Assert.Equal(["VM Network", "bridge"], info.Network!.Select(network => network.Summary.Name));
        Assert.False(info.InDasCluster);
    }

    private static async Task<ClusterComputeResource> ClusterAsync(ConnectedLab lab) => new(lab.Client, await lab.FindAsync("ClusterComputeResource"));

    private static Task<ManagedObjectReference> HostAsync(ConnectedLab lab, int number) => lab.FindAsync("HostSystem", $"esx{number}.lab.local");

    private static async Task ReconfigureAsync(ConnectedLab lab, ClusterComputeResource cluster, ClusterConfigSpecEx spec)
        => await lab.RunAsync(await cluster.ReconfigureComputeResourceTaskAsync(spec, true, Token));

    private static ClusterRuleSpec Add(ClusterRuleInfo rule) => new() { Operation = ArrayUpdateOperation.Add, Info = rule };

    private static ClusterVmHostRuleInfo Disabled(ClusterVmHostRuleInfo rule) => new()
    {
        Key = rule.Key,
        Name = rule.Name,
        Enabled = false,
        Mandatory = rule.Mandatory,
        VmGroupName = rule.VmGroupName,
        AffineHostGroupName = rule.AffineHostGroupName,
    };

    private static ClusterConfigSpecEx HostRule(ManagedObjectReference machine, ManagedObjectReference host, bool mandatory) => new()
    {
        GroupSpec =
        [
            new ClusterGroupSpec { Operation = ArrayUpdateOperation.Add, Info = new ClusterVmGroup { Name = "machines", Vm = [machine] } },
            new ClusterGroupSpec { Operation = ArrayUpdateOperation.Add, Info = new ClusterHostGroup { Name = "hosts", Host = [host] } },
        ],
        RulesSpec =
        [
            Add(new ClusterVmHostRuleInfo
            {
                Name = "placement", Enabled = true, Mandatory = mandatory, VmGroupName = "machines", AffineHostGroupName = "hosts",
            }),
        ],
    };
}
