using Vic.Vim25;

namespace Vic.Lab.Tests.Operations;

public sealed class FolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("vmFolder", "VirtualMachine", "group-v")]
    [InlineData("hostFolder", "ComputeResource", "group-h")]
    [InlineData("datastoreFolder", "Datastore", "group-s")]
    [InlineData("networkFolder", "Network", "group-n")]
    public async Task A_folder_of_each_kind_takes_what_its_parent_takes(string kind, string child, string prefix)
    {
        await using var lab = await ConnectedLab.StartAsync();

        var made = await (await FolderAsync(lab, kind)).CreateFolderAsync("made", Token);

        Assert.StartsWith(prefix, made.Value, StringComparison.Ordinal);
        Assert.Contains(child, (await lab.ReadAsync<List<string>>(made, "childType"))!);
    }

    [Fact]
    public async Task Names_are_escaped_and_found_however_they_are_written()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var parent = await FolderAsync(lab, "vmFolder");
        var made = await parent.CreateFolderAsync("a/b%c\\d", Token);
        var index = new SearchIndex(lab.Client, lab.Client.Content.SearchIndex!.Value);

        Assert.Equal("a%2fb%25c%5cd", await lab.ReadAsync<string>(made, "name"));
        Assert.Equal(made, await index.FindByInventoryPathAsync("/Datacenter/vm/a%2Fb%25c%5cd/", Token));
        Assert.Equal(made, await index.FindChildAsync(parent.Reference, "a/b%25c\\d", Token));
        await ConnectedLab.FaultOfAsync<DuplicateName>(() => parent.CreateFolderAsync("a%2Fb%25c%5Cd", Token));
        Assert.Null(await index.FindByInventoryPathAsync("/Datacenter/vm/a/b", Token));
    }

    [Fact]
    public async Task Machines_and_folders_move_where_they_belong_and_nowhere_else()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machines = await FolderAsync(lab, "vmFolder");
        var outer = new Folder(lab.Client, await machines.CreateFolderAsync("outer", Token));
        var inner = new Folder(lab.Client, await outer.CreateFolderAsync("inner", Token));
        var machine = await lab.CreateMachineAsync("machine");

        await MoveAsync(lab, inner, machine);

        Assert.Equal(inner.Reference, await lab.ReadAsync<ManagedObjectReference>(machine, "parent"));
        Assert.DoesNotContain(machine, (await lab.ReadAsync<List<ManagedObjectReference>>(machines.Reference, "childEntity"))!);
        await ConnectedLab.FaultOfAsync<InvalidFolder>(() => MoveAsync(lab, inner, outer.Reference));
        var hosts = await FolderAsync(lab, "hostFolder");
        await ConnectedLab.FaultOfAsync<NotSupported>(() => MoveAsync(lab, hosts, machine));
        await ConnectedLab.FaultOfAsync<NotSupported>(() => MoveAsync(lab, inner, machines.Reference));
    }

    [Fact]
    public async Task A_move_or_a_new_name_that_is_taken_is_refused()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var parent = await FolderAsync(lab, "vmFolder");
        var first = new Folder(lab.Client, await parent.CreateFolderAsync("first", Token));
        var second = new Folder(lab.Client, await parent.CreateFolderAsync("second", Token));
        await second.CreateFolderAsync("first", Token);

        await ConnectedLab.FaultOfAsync<DuplicateName>(() => MoveAsync(lab, second, first.Reference));
        var fault = await ConnectedLab.FaultOfAsync<DuplicateName>(async () => await lab.RunAsync(await first.RenameTaskAsync("second", Token)));
        Assert.Equal(second.Reference, fault.Object);
        await lab.RunAsync(await first.RenameTaskAsync("third", Token));
        Assert.Equal("third", await lab.ReadAsync<string>(first.Reference, "name"));
    }

    [Fact]
    public async Task A_folder_goes_with_all_that_is_in_it_unless_a_machine_runs()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var folder = new Folder(lab.Client, await (await FolderAsync(lab, "vmFolder")).CreateFolderAsync("folder", Token));
        var inner = await folder.CreateFolderAsync("inner", Token);
        var machine = await lab.CreateMachineAsync("machine");
        await MoveAsync(lab, folder, machine);
        await lab.PowerOnAsync(machine);

        await ConnectedLab.FaultOfAsync<InvalidPowerState>(async () => await lab.RunAsync(await folder.DestroyTaskAsync(Token)));
        await lab.PowerOffAsync(machine);
        await lab.RunAsync(await folder.DestroyTaskAsync(Token));

        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => lab.ReadAsync<string>(machine, "name"));
        await ConnectedLab.FaultOfAsync<ManagedObjectNotFound>(() => lab.ReadAsync<string>(inner, "name"));
        await ConnectedLab.FaultOfAsync<NotSupported>(async () => await lab.RunAsync(await (await FolderAsync(lab, "vmFolder")).DestroyTaskAsync(Token)));
    }

    [Fact]
    public async Task Machines_and_hosts_are_found_by_what_is_known_of_them()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var index = new SearchIndex(lab.Client, lab.Client.Content.SearchIndex!.Value);
        var machine = await lab.CreateMachineAsync("machine");
        var host = await lab.FindAsync("HostSystem", "esx2.lab.local");
        var config = (await lab.ReadAsync<VirtualMachineConfigInfo>(machine, "config"))!;
        var datacenter = await lab.FindAsync("Datacenter");

        Assert.Equal(machine, await index.FindByUuidAsync(config.Uuid!.ToUpperInvariant(), true, null, null, Token));
        Assert.Equal([machine], await index.FindAllByUuidAsync(config.InstanceUuid!, true, datacenter, true, Token));
        Assert.Equal(machine, await index.FindByDatastorePathAsync(datacenter, config.Files.VmPathName!, Token));
        Assert.Equal(host, await index.FindByDnsNameAsync("esx2.lab.local", false, null, Token));
        Assert.Equal(host, await index.FindByUuidAsync((await lab.ReadAsync<string>(host, "hardware.systemInfo.uuid"))!, false, null, null, Token));
        Assert.Null(await index.FindByUuidAsync(config.InstanceUuid!, true, null, false, Token));
        await ConnectedLab.FaultOfAsync<InvalidDatastorePath>(() => index.FindByDatastorePathAsync(datacenter, "nowhere", Token));
    }

    private static async Task<Folder> FolderAsync(ConnectedLab lab, string kind)
        => new(lab.Client, await lab.ReadAsync<ManagedObjectReference>(await lab.FindAsync("Datacenter"), kind));

    private static async Task MoveAsync(ConnectedLab lab, Folder target, ManagedObjectReference entity)
        => await lab.RunAsync(await target.MoveIntoFolderTaskAsync([entity], Token));
}
