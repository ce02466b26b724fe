using Vic.Endpoint.Machines.VSphere;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Endpoint.Tests.Machines;

/// <summary>Where vSphere puts container VMs, asked of the lab.</summary>
public sealed class ContainerPlacementTests : IAsyncDisposable
{
    private LabServer? _lab;
    private VimClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private VimClient Client => _client!;

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_DRS_a_container_is_created_on_the_endpoints_host()
    {
        await StartAsync(hasDrs: false);
        var hosts = await Client.RetrieveAllAsync("HostSystem", ["name"], Client.Content.RootFolder, Cancellation);
        var (folder, pool) = await PlacesAsync();
        var endpoint = await RunAsync(new CreateVMTaskRequest { This = folder, Pool = pool, Host = hosts[^1].Reference, Config = Spec("endpoint") });

        var container = await RunAsync(await new ContainerPlacement(Client, folder, pool, endpoint).RequestAsync(Spec("container"), Cancellation));

        Assert.Equal(hosts[^1].Reference, await Client.GetPropertyAsync<ManagedObjectReference>(container, "runtime.host", Cancellation));
    }

    [Fact]
    public async Task In_a_vApp_a_container_becomes_its_child()
    {
        await StartAsync(hasDrs: true);
        var (folder, pool) = await PlacesAsync();
        var group = await Client.InvokeAsync(
            new CreateVAppRequest { This = pool, Name = "group", ResSpec = new ResourceConfigSpec { CpuAllocation = Unlimited, MemoryAllocation = Unlimited }, ConfigSpec = new VAppConfigSpec(), VmFolder = folder }, Cancellation);

        var container = await RunAsync(await new ContainerPlacement(Client, default, group, default).RequestAsync(Spec("container"), Cancellation));

        Assert.Equal(group, await Client.GetPropertyAsync<ManagedObjectReference>(container, "parentVApp", Cancellation));
    }

    private static ResourceAllocationInfo Unlimited { get; } =
        new() { Limit = -1, Reservation = 0, ExpandableReservation = true, Shares = new SharesInfo { Level = SharesLevel.Normal } };

    private static VirtualMachineConfigSpec Spec(string name) => new()
    {
        Name = name,
        GuestId = "other64Guest",
        Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
    };

    private async Task StartAsync(bool hasDrs)
    {
        _lab = await LabServer.StartAsync(new LabOptions { Model = InventoryModel.VCenter, Runtime = RuntimeKind.None, HasDrs = hasDrs }, Cancellation);
        var facts = _lab.Facts;
        _client = await VimClient.ConnectAsync(
            new VimClientOptions(new Uri($"https://{facts.Server}:{facts.Port}/sdk")) { Thumbprint = facts.Thumbprint }, Cancellation);
        await _client.LoginAsync(facts.User, facts.Password, Cancellation);
    }

    private async Task<(ManagedObjectReference Folder, ManagedObjectReference Pool)> PlacesAsync()
    {
        var datacenter = (await Client.RetrieveAllAsync("Datacenter", ["vmFolder"], Client.Content.RootFolder, Cancellation))[0];
        var cluster = (await Client.RetrieveAllAsync("ClusterComputeResource", ["resourcePool"], Client.Content.RootFolder, Cancellation))[0];
        return (datacenter.Get<ManagedObjectReference>("vmFolder"), cluster.Get<ManagedObjectReference>("resourcePool"));
    }

    private async Task<ManagedObjectReference> RunAsync(VimRequest<ManagedObjectReference> request)
    {
        var info = await Client.WaitForTaskAsync(await Client.InvokeAsync(request, Cancellation), cancellationToken: Cancellation);
        return Assert.IsType<ManagedObjectReference>(info.Result);
    }
}
