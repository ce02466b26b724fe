using Vic.Endpoint.Machines.VSphere;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Endpoint.Tests.Machines;

/// <summary>Container VMs join the DRS group of their VCH, asked of the lab.</summary>
public sealed class MachineGroupTests : IAsyncLifetime
{
    private const string Name = "vch";

    private LabServer? _lab;
    private VimClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private VimClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabServer.StartAsync(new LabOptions { Model = InventoryModel.VCenter, Runtime = RuntimeKind.None }, Cancellation);
        _client = await VimClient.ConnectAsync(new VimClientOptions(_lab.Facts.Url) { Thumbprint = _lab.Facts.ThumbprintSha256 }, Cancellation);
        await _client.LoginAsync(_lab.Facts.User, _lab.Facts.Password, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _lab!.DisposeAsync();
    }

    [Fact]
    public async Task Machines_that_join_at_once_are_all_members_and_leave_when_they_are_destroyed()
    {
        var cluster = (await Client.RetrieveAllAsync("ClusterComputeResource", ["resourcePool"], Client.Content.RootFolder, Cancellation))[0];
        var endpoint = await CreateAsync(cluster, "endpoint");
        var change = new ClusterGroupSpec { Operation = ArrayUpdateOperation.Add, Info = new ClusterVmGroup { Name = Name, Vm = [endpoint] } };
        await WaitAsync(new ReconfigureComputeResourceTaskRequest { This = cluster.Reference, Spec = new ClusterConfigSpecEx { GroupSpec = [change] }, Modify = true });
        using var group = new MachineGroup(Client, cluster.Get<ManagedObjectReference>("resourcePool"), Name);
        var machines = await Task.WhenAll(Enumerable.Range(0, 4).Select(index => CreateAsync(cluster, $"container{index}")));

        await Task.WhenAll(machines.Select(machine => group.JoinAsync(machine, Cancellation)));

        Assert.Equal(machines.Append(endpoint).Order(ByValue), (await MembersAsync(cluster.Reference)).Order(ByValue));
        await WaitAsync(new DestroyTaskRequest { This = machines[0] });
        Assert.Equal(machines.Skip(1).Append(endpoint).Order(ByValue), (await MembersAsync(cluster.Reference)).Order(ByValue));
    }

    [Fact]
    public async Task A_group_that_somebody_has_removed_is_named()
    {
        var cluster = (await Client.RetrieveAllAsync("ClusterComputeResource", ["resourcePool"], Client.Content.RootFolder, Cancellation))[0];
        using var group = new MachineGroup(Client, cluster.Get<ManagedObjectReference>("resourcePool"), "gone");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => group.JoinAsync(cluster.Reference, Cancellation));

        Assert.Contains("the DRS group 'gone'", error.Message, StringComparison.Ordinal);
    }

    private static Comparer<ManagedObjectReference> ByValue { get; } =
        Comparer<ManagedObjectReference>.Create((one, other) => string.CompareOrdinal(one.Value, other.Value));

    private async Task<IReadOnlyList<ManagedObjectReference>> MembersAsync(ManagedObjectReference cluster)
    {
        var configuration = await Client.GetPropertyAsync<ClusterConfigInfoEx>(cluster, "configurationEx", Cancellation);
        return configuration!.Group!.OfType<ClusterVmGroup>().Single(group => group.Name == Name).Vm ?? [];
    }

    private async Task<ManagedObjectReference> CreateAsync(ObjectProperties cluster, string name)
    {
        var datacenter = (await Client.RetrieveAllAsync("Datacenter", ["vmFolder"], Client.Content.RootFolder, Cancellation))[0];
        var spec = new VirtualMachineConfigSpec { Name = name, GuestId = "other64Guest", Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" } };
        return (ManagedObjectReference)(await WaitAsync(new CreateVMTaskRequest
        {
            This = datacenter.Get<ManagedObjectReference>("vmFolder"),
            Pool = cluster.Get<ManagedObjectReference>("resourcePool"),
            Config = spec,
        })).Result!;
    }

    private async Task<TaskInfo> WaitAsync(VimRequest<ManagedObjectReference> request) =>
        await Client.WaitForTaskAsync(await Client.InvokeAsync(request, Cancellation), cancellationToken: Cancellation);
}
