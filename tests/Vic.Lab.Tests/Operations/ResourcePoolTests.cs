using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class ResourcePoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_cannot_reserve_more_than_the_hosts_have()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var capacity = await lab.ReadAsync<long>(root.Reference, "runtime.cpu.maxUsage");

        var fault = await ConnectedLab.FaultOfAsync<InsufficientCpuResourcesFault>(
            () => root.CreateResourcePoolAsync("greedy", Config(cpu: capacity + 1), Token));

        Assert.Equal((capacity, capacity + 1), (fault.Unreserved, fault.Requested));
        Assert.Empty(await lab.ReadAsync<List<ManagedObjectReference>>(root.Reference, "resourcePool") ?? []);
    }

    [Fact]
    public async Task Siblings_share_what_their_parent_reserved()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var parent = await CreateAsync(lab, await RootAsync(lab), "parent", Config(memory: 300, expandable: false));
        await CreateAsync(lab, parent, "first", Config(memory: 200));

        var fault = await ConnectedLab.FaultOfAsync<InsufficientMemoryResourcesFault>(
            () => parent.CreateResourcePoolAsync("second", Config(memory: 101), Token));

        Assert.Equal(100 << 20, fault.Unreserved);
        await CreateAsync(lab, parent, "third", Config(memory: 100));
        Assert.Equal(300 << 20, await lab.ReadAsync<long>(parent.Reference, "runtime.memory.reservationUsed"));
        Assert.Equal(0, await lab.ReadAsync<long>(parent.Reference, "runtime.memory.unreservedForPool"));
    }

    [Fact]
    public async Task An_expandable_pool_takes_from_its_parent_what_it_lacks_up_to_its_limit()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var capacity = await lab.ReadAsync<long>(root.Reference, "runtime.cpu.unreservedForPool");
        var parent = await CreateAsync(lab, root, "parent", Config(cpu: 100, cpuLimit: 500));

        await CreateAsync(lab, parent, "child", Config(cpu: 400));

        Assert.Equal(capacity - 400, await lab.ReadAsync<long>(root.Reference, "runtime.cpu.unreservedForPool"));
        Assert.Equal(100, await lab.ReadAsync<long>(parent.Reference, "summary.runtime.cpu.unreservedForVm"));
        await ConnectedLab.FaultOfAsync<InsufficientCpuResourcesFault>(() => parent.CreateResourcePoolAsync("more", Config(cpu: 101), Token));
    }

    [Fact]
    public async Task A_machine_powers_on_only_when_its_pool_has_what_it_reserves()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var pool = await CreateAsync(lab, await RootAsync(lab), "small", Config(memory: 256, expandable: false));
        var first = await MachineAsync(lab, "first", pool, 200);
        var second = await MachineAsync(lab, "second", pool, 100);
        await lab.PowerOnAsync(first);

        var fault = await ConnectedLab.FaultOfAsync<InsufficientMemoryResourcesFault>(() => lab.PowerOnAsync(second));

        Assert.Equal((56 << 20, 100 << 20), (fault.Unreserved, fault.Requested));
        Assert.Equal(VirtualMachinePowerState.PoweredOff, await lab.ReadAsync<VirtualMachinePowerState>(second, "runtime.powerState"));
        await lab.PowerOffAsync(first);
        await lab.PowerOnAsync(second);
        Assert.Equal(100 << 20, await lab.ReadAsync<long>(pool.Reference, "runtime.memory.reservationUsedForVm"));
    }

    [Fact]
    public async Task A_running_machines_reservation_grows_only_as_far_as_its_pool_allows()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var pool = await CreateAsync(lab, await RootAsync(lab), "small", Config(memory: 256, expandable: false));
        var machine = await MachineAsync(lab, "machine", pool, 200);
        await lab.PowerOnAsync(machine);

        await ConnectedLab.FaultOfAsync<InsufficientMemoryResourcesFault>(() => ReserveAsync(lab, machine, 257));
        await ReserveAsync(lab, machine, 256);

        Assert.Equal(256 << 20, await lab.ReadAsync<long>(pool.Reference, "runtime.memory.reservationUsed"));
    }

    [Fact]
    public async Task A_pools_reservation_cannot_fall_below_what_is_in_use_unless_it_expands()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var pool = await CreateAsync(lab, await RootAsync(lab), "pool", Config(memory: 256, expandable: false));
        await lab.PowerOnAsync(await MachineAsync(lab, "machine", pool, 200));

        await ConnectedLab.FaultOfAsync<InsufficientMemoryResourcesFault>(
            () => pool.UpdateConfigAsync(null, Config(memory: 100, expandable: false), Token));
        await pool.UpdateConfigAsync(null, Config(memory: 100), Token);

        Assert.Equal(100L, await lab.ReadAsync<long>(pool.Reference, "config.memoryAllocation.reservation"));
    }

    [Fact]
    public async Task Moving_a_running_machine_moves_its_reservation()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var from = await CreateAsync(lab, root, "from", Config(memory: 256, expandable: false));
        var small = await CreateAsync(lab, root, "small", Config(memory: 100, expandable: false));
        var large = await CreateAsync(lab, root, "large", Config(memory: 300, expandable: false));
        var machine = await MachineAsync(lab, "machine", from, 200);
        await lab.PowerOnAsync(machine);

        await ConnectedLab.FaultOfAsync<InsufficientMemoryResourcesFault>(() => small.MoveIntoResourcePoolAsync([machine], Token));
        Assert.Equal(from.Reference, await lab.ReadAsync<ManagedObjectReference>(machine, "resourcePool"));
        await large.MoveIntoResourcePoolAsync([machine], Token);

        Assert.Equal(0, await lab.ReadAsync<long>(from.Reference, "runtime.memory.reservationUsed"));
        Assert.Equal(200 << 20, await lab.ReadAsync<long>(large.Reference, "runtime.memory.reservationUsed"));
    }

    [Fact]
    public async Task A_pool_that_is_destroyed_leaves_its_machines_and_pools_to_its_parent()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var free = await lab.ReadAsync<long>(root.Reference, "runtime.memory.unreservedForVm");
        var pool = await CreateAsync(lab, root, "pool", Config(memory: 256));
        var child = await CreateAsync(lab, pool, "child", Config());
        var machine = await MachineAsync(lab, "machine", pool, 64);
        await lab.PowerOnAsync(machine);

        await lab.RunAsync(await pool.DestroyTaskAsync(Token));

        Assert.Equal([child.Reference], await lab.ReadAsync<List<ManagedObjectReference>>(root.Reference, "resourcePool"));
        Assert.Equal([machine], await lab.ReadAsync<List<ManagedObjectReference>>(root.Reference, "vm"));
        Assert.Equal(free - (64 << 20), await lab.ReadAsync<long>(root.Reference, "runtime.memory.unreservedForVm"));
    }

    [Fact]
    public async Task Destroying_the_children_empties_a_pool_but_for_the_machines()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var pool = await CreateAsync(lab, await RootAsync(lab), "pool", Config());
        var child = await CreateAsync(lab, pool, "child", Config());
        var grandchild = await CreateAsync(lab, child, "grandchild", Config());
        var machine = await MachineAsync(lab, "machine", grandchild, 0);

        await pool.DestroyChildrenAsync(Token);

        Assert.Empty(await lab.ReadAsync<List<ManagedObjectReference>>(pool.Reference, "resourcePool") ?? []);
        Assert.Equal([machine], await lab.ReadAsync<List<ManagedObjectReference>>(pool.Reference, "vm"));
    }

    [Fact]
    public async Task A_name_is_unique_among_siblings_and_its_slashes_are_escaped()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var first = await CreateAsync(lab, root, "a/b", Config());

        Assert.Equal("a%2fb", await lab.ReadAsync<string>(first.Reference, "name"));
        var fault = await ConnectedLab.FaultOfAsync<DuplicateName>(() => root.CreateResourcePoolAsync("a%2Fb", Config(), Token));
        Assert.Equal(first.Reference, fault.Object);
        await ConnectedLab.FaultOfAsync<InvalidName>(() => root.CreateResourcePoolAsync(new string('x', 81), Config(), Token));
    }

    [Fact]
    public async Task A_pools_configuration_is_checked()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var incomplete = Config();
        incomplete.CpuAllocation.Limit = null;

        var fault = await ConnectedLab.FaultOfAsync<InvalidArgument>(() => root.CreateResourcePoolAsync("pool", incomplete, Token));
        Assert.Equal("spec.cpuAllocation", fault.InvalidProperty);
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => root.CreateResourcePoolAsync("pool", Config(cpu: 200, cpuLimit: 100), Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => root.CreateResourcePoolAsync("pool", Config(cpu: -1), Token));
    }

    [Fact]
    public async Task An_update_of_a_version_that_is_gone_is_refused()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var pool = await CreateAsync(lab, await RootAsync(lab), "pool", Config());
        var version = await lab.ReadAsync<string>(pool.Reference, "config.changeVersion");
        await pool.UpdateConfigAsync(null, Config(cpu: 1), Token);

        var late = Config(cpu: 2);
        late.ChangeVersion = version;

        await ConnectedLab.FaultOfAsync<ConcurrentAccess>(() => pool.UpdateConfigAsync(null, late, Token));
    }

    [Fact]
    public async Task Shares_levels_have_their_numbers_and_a_pool_is_renamed()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var pool = await CreateAsync(lab, await RootAsync(lab), "pool", Config());
        var high = Config();
        high.CpuAllocation.Shares = new SharesInfo { Level = SharesLevel.High };

        await pool.UpdateConfigAsync("renamed", high, Token);

        Assert.Equal(8000, await lab.ReadAsync<int>(pool.Reference, "config.cpuAllocation.shares.shares"));
        Assert.Equal("renamed", await lab.ReadAsync<string>(pool.Reference, "summary.name"));
    }

    [Fact]
    public async Task A_pool_cannot_move_into_one_of_its_own()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var pool = await CreateAsync(lab, await RootAsync(lab), "pool", Config());
        var child = await CreateAsync(lab, pool, "child", Config());

        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => child.MoveIntoResourcePoolAsync([pool.Reference], Token));
    }

    [Fact]
    public async Task A_vApp_keeps_its_product_and_the_order_of_its_children()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var vapp = new VirtualApp(lab.Client, await root.CreateVAppAsync(
            "vapp",
            Config(),
            new VAppConfigSpec
            {
                Annotation = "three tiers",
                Product = [new VAppProductSpec { Operation = ArrayUpdateOperation.Add, Info = new VAppProductInfo { Key = 1, Name = "shop" } }],
            },
            null,
            Token));
        var machine = await lab.CreateMachineAsync("web", vapp.Reference);

        await vapp.UpdateVAppConfigAsync(
            new VAppConfigSpec { EntityConfig = [new VAppEntityConfigInfo { Key = machine, StartOrder = 2, StartDelay = 30 }] }, Token);

        var config = (await lab.ReadAsync<VAppConfigInfo>(vapp.Reference, "vAppConfig"))!;
        Assert.Equal(("three tiers", "shop"), (config.Annotation, config.Product!.Single().Name));
        var entry = config.EntityConfig!.Single();
        Assert.Equal((2, 30, 120, "powerOff"), (entry.StartOrder, entry.StartDelay, entry.StopDelay, entry.StopAction));
        Assert.Equal("shop", await lab.ReadAsync<string>(vapp.Reference, "summary.product.name"));
        Assert.Equal(vapp.Reference, await lab.ReadAsync<ManagedObjectReference>(machine, "parentVApp"));
    }

    [Fact]
    public async Task A_vApps_order_names_only_its_children_and_known_actions()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var root = await RootAsync(lab);
        var vapp = new VirtualApp(lab.Client, await root.CreateVAppAsync("vapp", Config(), new VAppConfigSpec(), null, Token));
        var stranger = await lab.CreateMachineAsync("stranger", root.Reference);
        var child = await lab.CreateMachineAsync("child", vapp.Reference);

        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => vapp.UpdateVAppConfigAsync(
            new VAppConfigSpec { EntityConfig = [new VAppEntityConfigInfo { Key = stranger }] }, Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => vapp.UpdateVAppConfigAsync(
            new VAppConfigSpec { EntityConfig = [new VAppEntityConfigInfo { Key = child, StopAction = "explode" }] }, Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => vapp.UpdateVAppConfigAsync(
            new VAppConfigSpec { Product = [new VAppProductSpec { Operation = ArrayUpdateOperation.Remove, RemoveKey = 7 }] }, Token));
    }

    [Theory]
    [InlineData(InventoryModel.Esx)]
    [InlineData(InventoryModel.VCenter)]
    public async Task The_root_pool_has_what_the_hosts_have_and_is_not_reconfigured(InventoryModel model)
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { Model = model });
        var root = await RootAsync(lab);
        var hosts = await lab.Client.RetrieveAllAsync("HostSystem", ["summary.hardware.memorySize"], cancellationToken: Token);

        Assert.Equal(
            hosts.Sum(host => host.Get<long>("summary.hardware.memorySize")) >> 20 << 20,
            await lab.ReadAsync<long>(root.Reference, "runtime.memory.maxUsage"));
        await ConnectedLab.FaultOfAsync<NotSupported>(() => root.UpdateConfigAsync("another", null, Token));
    }

    private static async Task<ResourcePool> RootAsync(ConnectedLab lab) => new(lab.Client, await lab.FindAsync("ResourcePool", "Resources"));

    private static async Task<ResourcePool> CreateAsync(ConnectedLab lab, ResourcePool parent, string name, ResourceConfigSpec config)
        => new(lab.Client, await parent.CreateResourcePoolAsync(name, config, Token));

    private static Task<ManagedObjectReference> MachineAsync(ConnectedLab lab, string name, ResourcePool pool, long reservation)
        => lab.CreateMachineAsync(name, pool.Reference, spec =>
        {
            spec.MemoryMB = 512;
            spec.MemoryAllocation = new ResourceAllocationInfo { Reservation = reservation };
        });

    private static async Task ReserveAsync(ConnectedLab lab, ManagedObjectReference machine, long reservation)
        => await lab.RunAsync(await new VirtualMachine(lab.Client, machine).ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec { MemoryAllocation = new ResourceAllocationInfo { Reservation = reservation } }, Token));

    private static ResourceConfigSpec Config(long cpu = 0, long memory = 0, long cpuLimit = -1, bool expandable = true) => new()
    {
        CpuAllocation = Allocation(cpu, cpuLimit, expandable),
        MemoryAllocation = Allocation(memory, -1, expandable),
    };

    private static ResourceAllocationInfo Allocation(long reservation, long limit, bool expandable) => new()
    {
        Reservation = reservation,
        Limit = limit,
        ExpandableReservation = expandable,
        Shares = new SharesInfo { Level = SharesLevel.Normal },
    };
}
