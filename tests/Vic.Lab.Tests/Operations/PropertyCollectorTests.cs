using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class PropertyCollectorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("runtime.powerstate")]
    [InlineData("nothing")]
    [InlineData("config.hardware.nothing")]
    [InlineData("config..name")]
    public async Task A_property_that_does_not_exist_is_invalid_for_reads_and_filters(string path)
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");

        var fault = await ConnectedLab.FaultOfAsync<InvalidProperty>(() => lab.ReadAsync<string>(machine, path));
        Assert.Equal(path, fault.Name);
        await ConnectedLab.FaultOfAsync<InvalidProperty>(() => Default(lab).CreateFilterAsync(Filter(machine, path), false, Token));
    }

    [Fact]
    public async Task A_property_of_vSphere_without_a_value_here_is_just_not_set()
    {
        await using var lab = await ConnectedLab.StartAsync();

        Assert.Null(await lab.ReadAsync<object>(await lab.FindAsync("HostSystem"), "capability"));
        Assert.Null(await lab.ReadAsync<object>(await lab.FindAsync("Datacenter"), "triggeredAlarmState"));
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_a_fault_or_reported_as_the_filter_asks()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var gone = new ManagedObjectReference("VirtualMachine", "vm-gone");
        var filter = Filter(gone, "name");
        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => Default(lab).CreateFilterAsync(filter, false, Token));
        filter.ReportMissingObjectsInResults = true;
        var collector = await CreateAsync(lab);
        await collector.CreateFilterAsync(filter, false, Token);

        var updates = await WaitAsync(collector, string.Empty);

        var missing = updates!.FilterSet!.Single().MissingSet!.Single();
        Assert.Equal(gone, missing.Obj);
        Assert.IsType<ManagedObjectNotFound>(missing.Fault.Fault);
        Assert.Null(await WaitAsync(collector, updates.Version));
    }

    [Fact]
    public async Task An_object_that_goes_leaves_and_is_reported_missing_where_that_was_asked_for()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        var filter = Filter(machine, "name");
        filter.ReportMissingObjectsInResults = true;
        var collector = await CreateAsync(lab);
        await collector.CreateFilterAsync(filter, false, Token);
        var first = await WaitAsync(collector, string.Empty);

        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));

        var update = (await WaitAsync(collector, first!.Version))!.FilterSet!.Single();
        Assert.Equal(ObjectUpdateKind.Leave, update.ObjectSet!.Single().Kind);
        Assert.Equal(machine, update.MissingSet!.Single().Obj);
    }

    [Fact]
    public async Task An_element_of_a_list_is_added_assigned_and_removed()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        var collector = await CreateAsync(lab);
        await collector.CreateFilterAsync(Filter(machine, "config.extraConfig[\"guestinfo.x\"].value", "config.extraConfig[\"guestinfo.x\"]"), false, Token);
        var version = (await WaitAsync(collector, string.Empty))!.Version;

        foreach (var (value, expected) in new[]
        {
            ("one", PropertyChangeOp.Add), ("two", PropertyChangeOp.Assign), (string.Empty, PropertyChangeOp.Remove),
        })
        {
            await SetAsync(lab, machine, value);
            var updates = await WaitAsync(collector, version);
            version = updates!.Version;
            var changes = updates.FilterSet!.Single().ObjectSet!.Single().ChangeSet!;
            var element = changes.Single(change => change.Name == "config.extraConfig[\"guestinfo.x\"]");
            Assert.Equal(expected, element.Op);
            var inside = changes.Single(change => change.Name.EndsWith(".value", StringComparison.Ordinal));
            Assert.Equal(expected == PropertyChangeOp.Remove ? PropertyChangeOp.IndirectRemove : PropertyChangeOp.Assign, inside.Op);
            Assert.Equal(value.Length == 0 ? null : value, inside.Val);
        }
    }

    [Fact]
    public async Task A_device_is_found_by_its_key()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");

        Assert.IsType<VirtualIDEController>(await lab.ReadAsync<VirtualDevice>(machine, "config.hardware.device[200]"));
        Assert.Equal(1, await lab.ReadAsync<int>(machine, "config.hardware.device[201].busNumber"));
        Assert.Null(await lab.ReadAsync<VirtualDevice>(machine, "config.hardware.device[9999]"));
    }

    [Fact]
    public async Task Partial_updates_tell_the_elements_that_changed_and_whole_ones_the_list()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        await SetAsync(lab, machine, "one");
        var (partial, whole) = (await CreateAsync(lab), await CreateAsync(lab));
        await partial.CreateFilterAsync(Filter(machine, "config.extraConfig"), true, Token);
        await whole.CreateFilterAsync(Filter(machine, "config.extraConfig"), false, Token);
        var (first, second) = ((await WaitAsync(partial, string.Empty))!.Version, (await WaitAsync(whole, string.Empty))!.Version);

        await SetAsync(lab, machine, "two");

        var change = (await WaitAsync(partial, first))!.FilterSet!.Single().ObjectSet!.Single().ChangeSet!.Single();
        Assert.Equal(("config.extraConfig[\"guestinfo.x\"]", PropertyChangeOp.Assign), (change.Name, change.Op));
        Assert.Equal("two", Assert.IsType<OptionValue>(change.Val).Value);
        change = (await WaitAsync(whole, second))!.FilterSet!.Single().ObjectSet!.Single().ChangeSet!.Single();
        Assert.Equal(("config.extraConfig", PropertyChangeOp.Assign), (change.Name, change.Op));
        Assert.IsType<List<OptionValue>>(change.Val);
    }

    [Fact]
    public async Task What_changed_back_before_anybody_asked_is_no_change()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        var collector = await CreateAsync(lab);
        await collector.CreateFilterAsync(Filter(machine, "runtime.powerState"), false, Token);
        var version = (await WaitAsync(collector, string.Empty))!.Version;

        await lab.PowerOnAsync(machine);
        await lab.PowerOffAsync(machine);

        Assert.Null(await WaitAsync(collector, version));
    }

    [Fact]
    public async Task Updates_come_in_parts_of_the_size_asked_for()
    {
        await using var lab = await ConnectedLab.StartAsync();
        foreach (var name in new[] { "a", "b", "c" })
        {
            await lab.CreateMachineAsync(name);
        }

        var collector = await CreateAsync(lab);
        var view = await lab.Client.CreateContainerViewAsync("VirtualMachine", lab.Client.Content.RootFolder, Token);
        await collector.CreateFilterAsync(PropertyFilters.ForView(view, "VirtualMachine", ["name"]), false, Token);

        var first = await WaitAsync(collector, string.Empty, maxObjectUpdates: 2);
        var second = await WaitAsync(collector, first!.Version, maxObjectUpdates: 2);

        Assert.Equal((true, 2), (first.Truncated, first.FilterSet!.Single().ObjectSet!.Count));
        Assert.Equal((null, 1), (second!.Truncated, second.FilterSet!.Single().ObjectSet!.Count));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => WaitAsync(collector, second.Version, maxObjectUpdates: 0));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_given_again_and_an_older_version_is_invalid()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        var collector = await CreateAsync(lab);
        await collector.CreateFilterAsync(Filter(machine, "runtime.powerState"), false, Token);
        var first = (await WaitAsync(collector, string.Empty))!.Version;
        await lab.PowerOnAsync(machine);

        var lost = await WaitAsync(collector, first);
        var again = await WaitAsync(collector, first);

        Assert.Equal(lost!.Version, again!.Version);
        Assert.Null(await WaitAsync(collector, again.Version));
        await ConnectedLab.FaultOfAsync<InvalidCollectorVersion>(() => WaitAsync(collector, first));
        Assert.Equal(ObjectUpdateKind.Enter, (await WaitAsync(collector, string.Empty))!.FilterSet!.Single().ObjectSet!.Single().Kind);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_with_its_fault_and_the_next_one_works()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        var collector = await CreateAsync(lab);
        await collector.CreateFilterAsync(Filter(machine, "runtime.powerState"), false, Token);
        var version = (await WaitAsync(collector, string.Empty))!.Version;
        var calls = lab.Server.Faults.Calls.Count;
        var waiting = collector.WaitForUpdatesExAsync(version, null, Token);
        while (lab.Server.Faults.Calls.Skip(calls).All(call => call.Method != "WaitForUpdatesEx"))
        {
            await Task.Yield();
        }

        // The call has arrived, but may not wait yet: cancelling goes on until there was something to cancel.
        while (!waiting.IsCompleted)
        {
            await collector.CancelWaitForUpdatesAsync(Token);
        }

        await ConnectedLab.FaultOfAsync<RequestCanceled>(() => waiting);
        await lab.PowerOnAsync(machine);
        Assert.NotNull(await WaitAsync(collector, version));
    }

    [Fact]
    public async Task A_collector_that_is_destroyed_takes_its_filters_along()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        var collector = await CreateAsync(lab);
        var filter = await collector.CreateFilterAsync(Filter(machine, "name"), false, Token);
        Assert.Equal([filter], await lab.ReadAsync<List<ManagedObjectReference>>(collector.Reference, "filter"));

        await collector.DestroyPropertyCollectorAsync(Token);

        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => new PropertyFilter(lab.Client, filter).DestroyPropertyFilterAsync(Token));
        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => WaitAsync(collector, string.Empty));
    }

    [Fact]
    public async Task A_retrieval_is_read_page_by_page_or_given_up()
    {
        await using var lab = await ConnectedLab.StartAsync();
        foreach (var name in new[] { "a", "b", "c" })
        {
            await lab.CreateMachineAsync(name);
        }

        var view = await lab.Client.CreateContainerViewAsync("VirtualMachine", lab.Client.Content.RootFolder, Token);
        var filter = PropertyFilters.ForView(view, "VirtualMachine", ["name"]);
        var options = new RetrieveOptions { MaxObjects = 2 };

        var first = await Default(lab).RetrievePropertiesExAsync([filter], options, Token);
        var second = await Default(lab).ContinueRetrievePropertiesExAsync(first!.Token!, Token);
        Assert.Equal((2, 1, null), (first.Objects.Count, second.Objects.Count, second.Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => Default(lab).ContinueRetrievePropertiesExAsync(first.Token!, Token));

        var given = await Default(lab).RetrievePropertiesExAsync([filter], options, Token);
        await Default(lab).CancelRetrievePropertiesExAsync(given!.Token!, Token);
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => Default(lab).ContinueRetrievePropertiesExAsync(given.Token!, Token));
    }

    [Fact]
    public async Task A_list_view_answers_with_the_references_that_lead_nowhere()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var (first, second) = (await lab.CreateMachineAsync("first"), await lab.CreateMachineAsync("second"));
        var gone = new ManagedObjectReference("VirtualMachine", "vm-gone");
        var manager = new ViewManager(lab.Client, lab.Client.Content.ViewManager!.Value);
        var view = new ListView(lab.Client, await manager.CreateListViewAsync([first], Token));

        Assert.Equal([gone], await view.ModifyListViewAsync([second, gone], [first], Token));
        Assert.Equal([second], await lab.ReadAsync<List<ManagedObjectReference>>(view.Reference, "view"));
        Assert.Equal([gone], await view.ResetListViewAsync([first, gone], Token));
        Assert.Equal([first], await lab.ReadAsync<List<ManagedObjectReference>>(view.Reference, "view"));
    }

    private static PropertyCollector Default(ConnectedLab lab) => new(lab.Client, lab.Client.Content.PropertyCollector);

    private static async Task<PropertyCollector> CreateAsync(ConnectedLab lab)
        => new(lab.Client, await Default(lab).CreatePropertyCollectorAsync(Token));

    private static PropertyFilterSpec Filter(ManagedObjectReference reference, params string[] paths) => PropertyFilters.ForObjects([reference], paths);

    private static Task<UpdateSet?> WaitAsync(PropertyCollector collector, string version, int? maxObjectUpdates = null)
        => collector.WaitForUpdatesExAsync(version, new WaitOptions { MaxWaitSeconds = 0, MaxObjectUpdates = maxObjectUpdates }, Token);

    private static async Task SetAsync(ConnectedLab lab, ManagedObjectReference machine, string value)
        => await lab.RunAsync(await new VirtualMachine(lab.Client, machine).ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = "guestinfo.x", Value = value }] }, Token));
}
