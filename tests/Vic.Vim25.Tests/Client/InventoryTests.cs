using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Client;

/// <summary>Reading and watching what is there.</summary>
public abstract class InventoryTests(VimServer server)
{
    private static readonly string[] MachinePaths = ["name", "runtime.powerState", "config.hardware.device"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machines_are_listed_through_a_container_view()
    {
        using VimClient client = await server.LoginAsync(Token);

        List<ObjectProperties> machines = await client.RetrieveAllAsync("VirtualMachine", MachinePaths, cancellationToken: Token);

        AssertFirst(machines);
    }

    [Fact]
    public async Task Machines_are_streamed_and_read_page_by_page_with_the_same_result()
    {
        using VimClient client = await server.LoginAsync(Token);
        var streamed = new List<ObjectProperties>();
        var paged = new List<ObjectProperties>();

        await foreach (ObjectProperties machine in client.StreamAllAsync("VirtualMachine", MachinePaths, cancellationToken: Token))
        {
            streamed.Add(machine);
        }

        await using PropertyPages pages = await client.ReadAllPagesAsync("VirtualMachine", MachinePaths, cancellationToken: Token);
        while (await pages.NextAsync(Token) is { } page)
        {
            paged.AddRange(page);
        }

        AssertFirst(streamed);
        Assert.Equal(
            streamed.Select(machine => machine.Reference).Order(ByValue),
            paged.Select(machine => machine.Reference).Order(ByValue));
        Assert.Null(await pages.NextAsync(Token));
    }

    [Fact]
    public async Task Objects_of_several_types_are_read_in_one_call()
    {
        using VimClient client = await server.LoginAsync(Token);
        ManagedObjectReference vm = (await client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token))[0].Reference;

        List<ObjectProperties> found = await client.RetrieveAsync([vm, client.Content.RootFolder], ["name", "childType", "runtime.powerState"], Token);

        Assert.Contains("Datacenter", found.Single(item => item.Reference.Type == "Folder").Get<List<string>>("childType")!);
        Assert.NotNull(found.Single(item => item.Reference == vm).GetValue<VirtualMachinePowerState>("runtime.powerState"));
    }

    [Fact]
    public async Task Several_filters_are_watched_by_one_wait()
    {
        using VimClient client = await server.LoginAsync(Token);
        ManagedObjectReference vm = (await client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token))[0].Reference;
        await using PropertyWatch watch = await PropertyWatch.StartAsync(
            client,
            [PropertyFilters.ForObjects([vm], ["runtime.powerState"]), PropertyFilters.ForObjects([client.Content.RootFolder], ["name"])],
            Token);

        var seen = new HashSet<string>();
        while (seen.Count < 2)
        {
            seen.UnionWith((await watch.NextAsync(Token)).Select(update => update.Obj.Type));
        }

        Assert.Equal(["Folder", "VirtualMachine"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled()
    {
        using VimClient client = await server.LoginAsync(Token);
        ManagedObjectReference vm = (await client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token))[0].Reference;
        await using PropertyWatch watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForObjects([vm], ["overallStatus"]), Token);
        await watch.NextAsync(Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task waiting = watch.NextAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static Comparer<ManagedObjectReference> ByValue { get; } =
        Comparer<ManagedObjectReference>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value));

    private void AssertFirst(List<ObjectProperties> machines)
    {
        ObjectProperties machine = machines.Single(machine => machine.Get<string>("name") == server.MachineName);
        Assert.Equal(VirtualMachinePowerState.PoweredOn, machine.Get<VirtualMachinePowerState>("runtime.powerState"));
        Assert.Contains(machine.Get<List<VirtualDevice>>("config.hardware.device")!, device => device is VirtualController);
    }
}

/// <summary>The inventory of a vCenter that other people wrote.</summary>
public sealed class SimulatorInventoryTests(SimulatorServer server) : InventoryTests(server), IClassFixture<SimulatorServer>;

/// <summary>The inventory of the lab's vCenter.</summary>
public sealed class LabInventoryTests(LabVCenter server) : InventoryTests(server), IClassFixture<LabVCenter>;
