using Vic.Vim25;

namespace Vic.Lab.Tests.Operations.Services;

public sealed class EventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_to_a_machine_is_told_in_order_with_its_host_and_datacenter()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        await lab.PowerOnAsync(machine);
        await lab.PowerOffAsync(machine);
        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).RenameTaskAsync("n", Token));
        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));
        var collector = await CollectAsync(lab, new EventFilterSpec { EventTypeId = ["VmEvent"] });

        var events = (await collector.ReadNextEventsAsync(100, Token))!;

        Assert.Equal(
            ["VmCreatedEvent", "VmStartingEvent", "VmPoweredOnEvent", "VmStoppingEvent", "VmPoweredOffEvent", "VmRenamedEvent", "VmRemovedEvent"],
            events.Select(occurred => occurred.GetType().Name));
        Assert.All(events, occurred => Assert.Equal(machine, occurred.Vm!.Vm));
        Assert.All(events, occurred => Assert.Equal(lab.Server.Facts.Datacenter, occurred.Datacenter!.Name));
        Assert.All(events, occurred => Assert.Equal(lab.Server.Facts.User, occurred.UserName));
        Assert.EndsWith(".lab.local", events[^1].Host!.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_begins_a_chain_that_its_events_continue()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        var task = await new VirtualMachine(lab.Client, machine).PowerOnVMTaskAsync(cancellationToken: Token);
        await lab.RunAsync(task);
        var info = (await lab.ReadAsync<TaskInfo>(task, "info"))!;

        var chain = (await (await CollectAsync(lab, new EventFilterSpec { EventChainId = info.EventChainId })).ReadNextEventsAsync(100, Token))!;

        Assert.Equal(["TaskEvent", "VmStartingEvent", "VmPoweredOnEvent"], chain.Select(occurred => occurred.GetType().Name));
        Assert.Equal(task, ((TaskEvent)chain[0]).Info.Task);
    }

    [Fact]
    public async Task A_filter_takes_an_entity_alone_what_is_below_it_or_both()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        await lab.CreateMachineAsync("other");
        var datacenter = await lab.FindAsync("Datacenter");

        Assert.Equal(["m"], await NamesAsync(machine, EventFilterSpecRecursionOption.Self));
        Assert.Equal(["m", "other"], await NamesAsync(datacenter, EventFilterSpecRecursionOption.All));
        Assert.Equal(["m", "other"], await NamesAsync(lab.Client.Content.RootFolder, EventFilterSpecRecursionOption.Children));
        Assert.Empty(await NamesAsync(await lab.FindAsync("Datastore", "datastore2"), EventFilterSpecRecursionOption.All));

        async Task<IEnumerable<string>> NamesAsync(ManagedObjectReference entity, EventFilterSpecRecursionOption recursion)
            => ((await (await CollectAsync(lab, new EventFilterSpec
            {
                Entity = new EventFilterSpecByEntity { Entity = entity, Recursion = recursion },
                EventTypeId = ["VmCreatedEvent"],
            })).ReadNextEventsAsync(100, Token)) ?? []).Select(occurred => occurred.Vm!.Name);
    }

    [Fact]
    public async Task A_filter_takes_times_users_and_categories()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var lab = accounts.Lab;
        await accounts.PermitAsync(accounts.Root, -2);
        using var other = await accounts.LoginAsync();
        await ConnectedLab.FaultOfAsync<InvalidLogin>(async () =>
        {
            using var stranger = await VimClient.ConnectAsync(
                new VimClientOptions(lab.Server.Facts.Url) { Thumbprint = lab.Server.Facts.Thumbprint }, Token);
            await stranger.LoginAsync("nobody", "nothing", Token);
        });
        var logins = (await ReadAsync(new EventFilterSpec { EventTypeId = ["vim.event.UserLoginSessionEvent"] }))!;

        Assert.Equal(
            [AccountsLab.User],
            (await ReadAsync(new EventFilterSpec
            {
                EventTypeId = ["SessionEvent"],
                UserName = new EventFilterSpecByUsername { UserList = [AccountsLab.User] },
            })).Select(occurred => occurred.UserName));
        Assert.Equal("nobody", Assert.Single(await ReadAsync(new EventFilterSpec { Category = ["error"] })).UserName);
        Assert.Equal(
            logins.Skip(1).Select(occurred => occurred.Key),
            (await ReadAsync(new EventFilterSpec
            {
                EventTypeId = ["UserLoginSessionEvent"],
                Time = new EventFilterSpecByTime { BeginTime = logins[1].CreatedTime },
            })).Select(occurred => occurred.Key));

        async Task<List<Event>> ReadAsync(EventFilterSpec spec)
            => await (await CollectAsync(lab, spec)).ReadNextEventsAsync(100, Token) ?? [];
    }

    [Fact]
    public async Task A_collector_is_read_on_back_and_from_its_ends()
    {
        await using var lab = await ConnectedLab.StartAsync();
        foreach (var number in Enumerable.Range(1, 6))
        {
            await PostAsync(lab, $"event {number}");
        }

        var collector = await CollectAsync(lab, new EventFilterSpec { EventTypeId = ["GeneralUserEvent"], MaxCount = 2 });

        Assert.Equal(["event 6", "event 5"], (await lab.ReadAsync<List<Event>>(collector.Reference, "latestPage"))!.Select(Message));
        Assert.Equal(["event 1", "event 2"], (await collector.ReadNextEventsAsync(2, Token))!.Select(Message));
        Assert.Equal(["event 3", "event 4", "event 5", "event 6"], (await collector.ReadNextEventsAsync(10, Token))!.Select(Message));
        Assert.Empty(await collector.ReadNextEventsAsync(10, Token) ?? []);
        Assert.Equal(["event 6", "event 5", "event 4"], (await collector.ReadPreviousEventsAsync(3, Token))!.Select(Message));
        await collector.ResetCollectorAsync(Token);
        Assert.Equal(["event 4"], (await collector.ReadPreviousEventsAsync(1, Token))!.Select(Message));
        await collector.RewindCollectorAsync(Token);
        Assert.Empty(await collector.ReadPreviousEventsAsync(1, Token) ?? []);
        await collector.SetCollectorPageSizeAsync(3, Token);
        Assert.Equal(3, (await lab.ReadAsync<List<Event>>(collector.Reference, "latestPage"))!.Count);
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => collector.SetCollectorPageSizeAsync(0, Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => collector.ReadNextEventsAsync(1001, Token));
        await collector.DestroyCollectorAsync(Token);
        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => collector.ReadNextEventsAsync(1, Token));
    }

    [Fact]
    public async Task The_latest_page_is_watched_as_events_come()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var collector = await CollectAsync(lab, new EventFilterSpec { EventTypeId = ["GeneralUserEvent"] });
        await using var watch = await PropertyWatch.StartAsync(lab.Client, PropertyFilters.ForObjects([collector.Reference], ["latestPage"]), Token);
        await watch.NextAsync(Token);
        var next = watch.NextAsync(Token);

        await PostAsync(lab, "now");

        var page = Assert.IsType<List<Event>>(Assert.Single(Assert.Single(await next).ChangeSet!).Val);
        Assert.Equal("now", Message(Assert.Single(page)));
        Assert.Equal("now", (await lab.ReadAsync<Event>(Manager(lab).Reference, "latestEvent"))!.FullFormattedMessage);
    }

    [Fact]
    public async Task Collectors_are_limited_for_each_session_and_end_with_it()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var most = (await lab.Client.RetrieveAsync(Manager(lab).Reference, ["maxCollector"], Token)).Get<int>("maxCollector");
        using var other = await lab.ConnectAsync();
        for (var count = 0; count < most; count++)
        {
            await new EventManager(other, Manager(lab).Reference).CreateCollectorForEventsAsync(new EventFilterSpec(), Token);
        }

        await ConnectedLab.FaultOfAsync<InvalidState>(
            () => new EventManager(other, Manager(lab).Reference).CreateCollectorForEventsAsync(new EventFilterSpec(), Token));
        await CollectAsync(lab, new EventFilterSpec());
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_not_kept()
    {
        await using var lab = await ConnectedLab.StartAsync();

        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => PostAsync(lab, new string('x', 100_000)));
    }

    [Fact]
    public async Task Events_of_what_a_user_may_not_read_are_not_told()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var mine = await accounts.Lab.CreateMachineAsync("mine");
        await accounts.Lab.CreateMachineAsync("other");
        await accounts.PermitAsync(mine, -2);
        using var client = await accounts.LoginAsync();

        var events = await new EventManager(client, client.Content.EventManager!.Value)
            .QueryEventsAsync(new EventFilterSpec { EventTypeId = ["VmCreatedEvent"] }, Token);

        Assert.Equal("mine", Assert.Single(events!).Vm!.Name);
    }

    private static Task PostAsync(ConnectedLab lab, string message)
        => Manager(lab).PostEventAsync(new GeneralUserEvent { Message = message, UserName = string.Empty }, cancellationToken: Token);

    private static string? Message(Event occurred) => occurred.FullFormattedMessage;

    private static EventManager Manager(ConnectedLab lab) => new(lab.Client, lab.Client.Content.EventManager!.Value);

    private static async Task<EventHistoryCollector> CollectAsync(ConnectedLab lab, EventFilterSpec spec)
        => new(lab.Client, await Manager(lab).CreateCollectorForEventsAsync(spec, Token));
}
