using Microsoft.Extensions.Logging.Abstractions;
using Vic.Configuration;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Machines.VSphere;
using Vic.Endpoint.Sessions;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Endpoint.Tests.Machines;

/// <summary>An endpoint that starts takes over the containers of its own VCH, and none of one beside it: not in a pool that both share, and not in one inside its own.</summary>
public sealed class NeighbourMachineTests : IAsyncDisposable
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
    public async Task In_a_cluster_without_DRS_the_folder_tells_whose_a_container_is()
    {
        var (root, pool) = await StartAsync(InventoryModel.VCenter, hasDrs: false);
        var east = await new Folder(Client, root).CreateFolderAsync("east", Cancellation);
        var west = await new Folder(Client, root).CreateFolderAsync("west", Cancellation);
        await CreateAsync(east, pool, 'e');
        await CreateAsync(west, pool, 'b');

        Assert.Equal([Id('e')], await RecoverAsync(east, pool));
        Assert.Equal([Id('b')], await RecoverAsync(west, pool));
    }

    [Fact]
    public async Task On_one_host_the_pool_tells_whose_a_container_is_even_of_a_VCH_inside_anothers_pool()
    {
        var (folder, root) = await StartAsync(InventoryModel.Esx, hasDrs: true);
        var outer = await CreatePoolAsync(root, "outer");
        var inner = await CreatePoolAsync(outer, "inner");
        await CreateAsync(folder, outer, 'e');
        await CreateAsync(folder, inner, 'b');

        Assert.Equal([Id('e')], await RecoverAsync(folder, outer));
        Assert.Equal([Id('b')], await RecoverAsync(folder, inner));
    }

    private static string Id(char digit) => new(digit, 64);

    private async Task<(ManagedObjectReference Folder, ManagedObjectReference Pool)> StartAsync(InventoryModel model, bool hasDrs)
    {
        _lab = await LabServer.StartAsync(new LabOptions { Model = model, Runtime = RuntimeKind.None, HasDrs = hasDrs }, Cancellation);
        _client = await VimClient.ConnectAsync(new VimClientOptions(_lab.Facts.Url) { Thumbprint = _lab.Facts.ThumbprintSha256 }, Cancellation);
        await _client.LoginAsync(_lab.Facts.User, _lab.Facts.Password, Cancellation);
        var datacenter = (await Client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Cancellation))[0];
        var compute = (await Client.RetrieveAllAsync("ComputeResource", ["resourcePool"], cancellationToken: Cancellation))[0];
        return (datacenter.Get<ManagedObjectReference>("vmFolder"), compute.Get<ManagedObjectReference>("resourcePool"));
    }

    private Task<ManagedObjectReference> CreatePoolAsync(ManagedObjectReference parent, string name)
    {
        var unlimited = new ResourceAllocationInfo
        {
            Limit = -1,
            Reservation = 0,
            ExpandableReservation = true,
            Shares = new SharesInfo { Level = SharesLevel.Normal },
        };
        return new ResourcePool(Client, parent).CreateResourcePoolAsync(
            name, new ResourceConfigSpec { CpuAllocation = unlimited, MemoryAllocation = unlimited }, Cancellation);
    }

    private async Task CreateAsync(ManagedObjectReference folder, ManagedObjectReference pool, char digit)
    {
        var record = new ContainerRecord
        {
            Id = Id(digit),
            Name = "web",
            Created = DateTimeOffset.UnixEpoch,
            ImageId = "",
            LayerId = "",
            Config = new ContainerConfig { Cmd = ["/bin/true"] },
            HostConfig = new HostConfig(),
            Processors = 1,
            MemoryMegabytes = 512,
        };
        var keys = GuestInfoSet.Of(ContainerConfigurationCodec.Encode(record, [], "", network: null), SecretKey.Generate());
        var host = (await Client.RetrieveAllAsync("HostSystem", ["name"], cancellationToken: Cancellation))[0].Reference;
        var spec = new VirtualMachineConfigSpec
        {
            Name = $"web-{record.ShortId()}",
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
            ExtraConfig = ContainerMachineSpec.Options(keys),
        };
        await Client.WaitForTaskAsync(
            await new Folder(Client, folder).CreateVMTaskAsync(spec, pool, host, Cancellation), cancellationToken: Cancellation);
    }

    private async Task<IEnumerable<string>> RecoverAsync(ManagedObjectReference folder, ManagedObjectReference pool)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var watch = new MachineWatch(Client, pool, _ => Task.CompletedTask, NullLogger<MachineWatch>.Instance);
        var watching = watch.RunAsync(stop.Token);
        var platform = new VSpherePlatform
        {
            Client = Client,
            DatacenterPath = "",
            Datacenter = default,
            Folder = folder,
            ResourcePool = pool,
            Datastore = "datastore1",
            BootstrapIso = "",
            BridgeBacking = new VirtualEthernetCardNetworkBackingInfo { DeviceName = "bridge" },
            DiskCapacity = 0,
            NameConvention = "",
            Sessions = new SessionRoutes("", ""),
            Endpoint = default,
        };
        using var host = new VSphereMachineHost(platform, watch, new GuestSessions(new byte[AttachConfiguration.KeyLength]));
        var recovered = await host.RecoverAsync(Cancellation);
        await stop.CancelAsync();
        await watching;
        return recovered.Select(machine => machine.Record.Id);
    }
}
