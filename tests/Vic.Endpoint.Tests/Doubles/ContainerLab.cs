using Microsoft.Extensions.Logging.Abstractions;
using Vic.Configuration;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Machines.VSphere;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>A lab without guests, with container VMs in it, and what an endpoint works with there.</summary>
internal sealed class ContainerLab : IAsyncDisposable
{
    private readonly LabServer _lab;

    private ContainerLab(LabServer lab, VimClient client, ManagedObjectReference folder, ManagedObjectReference pool)
    {
        _lab = lab;
        Client = client;
        Folder = folder;
        Pool = pool;
    }

    public VimClient Client { get; }

    /// <summary>The datacenter's own folder of VMs.</summary>
    public ManagedObjectReference Folder { get; }

    /// <summary>The pool that all others are in.</summary>
    public ManagedObjectReference Pool { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ContainerLab> StartAsync(InventoryModel model, bool hasDrs = true)
    {
        var lab = await LabServer.StartAsync(new LabOptions { Model = model, Runtime = RuntimeKind.None, HasDrs = hasDrs }, Token);
        var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { Thumbprint = lab.Facts.ThumbprintSha256 }, Token);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, Token);
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token))[0];
        var compute = (await client.RetrieveAllAsync("ComputeResource", ["resourcePool"], cancellationToken: Token))[0];
        return new ContainerLab(lab, client, datacenter.Get<ManagedObjectReference>("vmFolder"), compute.Get<ManagedObjectReference>("resourcePool"));
    }

    public static string IdOf(char digit) => new(digit, 64);

    public static ContainerRecord Record(char digit) => new()
    {
        Id = IdOf(digit),
        Name = "web",
        Created = DateTimeOffset.UnixEpoch,
        ImageId = "",
        LayerId = "",
        Config = new ContainerConfig { Cmd = ["/bin/true"] },
        HostConfig = new HostConfig(),
        Processors = 1,
        MemoryMegabytes = 512,
    };

    public Task<ManagedObjectReference> CreatePoolAsync(ManagedObjectReference parent, string name)
    {
        var unlimited = new ResourceAllocationInfo
        {
            Limit = -1,
            Reservation = 0,
            ExpandableReservation = true,
            Shares = new SharesInfo { Level = SharesLevel.Normal },
        };
        return new ResourcePool(Client, parent).CreateResourcePoolAsync(
            name, new ResourceConfigSpec { CpuAllocation = unlimited, MemoryAllocation = unlimited }, Token);
    }

    /// <summary>Makes the VM of a container, powered off.</summary>
    public async Task<VirtualMachine> CreateAsync(ManagedObjectReference folder, ManagedObjectReference pool, char digit)
    {
        var record = Record(digit);
        var keys = GuestInfoSet.Of(ContainerConfigurationCodec.Encode(record, [], "", network: null), SecretKey.Generate());
        var host = (await Client.RetrieveAllAsync("HostSystem", ["name"], cancellationToken: Token))[0].Reference;
        var spec = new VirtualMachineConfigSpec
        {
            Name = $"web-{record.ShortId()}",
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
            ExtraConfig = ContainerMachineSpec.Options(keys),
        };
        var task = await new Folder(Client, folder).CreateVMTaskAsync(spec, pool, host, Token);
        var created = await Client.WaitForTaskAsync(task, cancellationToken: Token);
        return new VirtualMachine(Client, (ManagedObjectReference)created.Result!);
    }

    public async Task PowerOnAsync(VirtualMachine machine) =>
        await Client.WaitForTaskAsync(await machine.PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);

    /// <summary>Follows the VMs of a pool.</summary>
    public MachineWatch Watch(ManagedObjectReference pool) => new(Client, pool, _ => Task.CompletedTask, NullLogger<MachineWatch>.Instance);

    /// <summary>The place of a VCH's containers.</summary>
    public VSpherePlatform Platform(ManagedObjectReference folder, ManagedObjectReference pool) => new()
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

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _lab.DisposeAsync();
    }
}
