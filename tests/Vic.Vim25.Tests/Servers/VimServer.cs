namespace Vic.Vim25.Tests.Servers;

/// <summary>A vCenter that the tests of a class share: one datacenter, a datastore, a pool, and at least one machine that is powered on.</summary>
public abstract class VimServer : IAsyncLifetime
{
    public abstract Uri Url { get; }

    /// <summary>SHA-256 of the certificate, without colons.</summary>
    public abstract string Thumbprint { get; }

    public abstract string User { get; }

    public abstract string Password { get; }

    public abstract string Datacenter { get; }

    public abstract string Datastore { get; }

    /// <summary>The inventory path of the pool for new machines.</summary>
    public abstract string PoolPath { get; }

    /// <summary>The machine that is there from the start.</summary>
    public abstract string MachineName { get; }

    /// <summary>The highest version of the API that the server and the schema know.</summary>
    public abstract string ApiVersion { get; }

    public string FolderPath => $"{Datacenter}/vm";

    public VimClientOptions Options => new(Url) { Thumbprint = Thumbprint };

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    public Task<VimClient> LoginAsync(CancellationToken cancellationToken) => LoginAsync(Options, cancellationToken);

    public async Task<VimClient> LoginAsync(VimClientOptions options, CancellationToken cancellationToken)
    {
        VimClient client = await VimClient.ConnectAsync(options, cancellationToken);
        await client.LoginAsync(User, Password, cancellationToken);
        return client;
    }

    /// <summary>Creates a machine with a controller and a line of <c>extraConfig</c>.</summary>
    public async Task<VirtualMachine> CreateMachineAsync(VimClient client, string name, CancellationToken cancellationToken)
    {
        var spec = new VirtualMachineConfigSpec
        {
            Name = name,
            GuestId = "otherGuest64",
            Files = new VirtualMachineFileInfo { VmPathName = $"[{Datastore}]" },
            NumCPUs = 1,
            MemoryMB = 64,
            ExtraConfig = [new OptionValue { Key = "guestinfo.note", Value = "a\r\nb" }],
            DeviceChange =
            [
                new VirtualDeviceConfigSpec
                {
                    Operation = VirtualDeviceConfigSpecOperation.Add,
                    Device = new ParaVirtualSCSIController { Key = 100, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing },
                },
            ],
        };
        var folder = new Folder(client, await FindAsync(client, FolderPath, cancellationToken));
        ManagedObjectReference task = await folder.CreateVMTaskAsync(
            spec, await FindAsync(client, PoolPath, cancellationToken), cancellationToken: cancellationToken);
        TaskInfo info = await client.WaitForTaskAsync(task, cancellationToken: cancellationToken);
        return new VirtualMachine(client, Assert.IsType<ManagedObjectReference>(info.Result));
    }

    public static async Task<ManagedObjectReference> FindAsync(VimClient client, string path, CancellationToken cancellationToken) =>
        await new SearchIndex(client, client.Content.SearchIndex!.Value).FindByInventoryPathAsync(path, cancellationToken)
        ?? throw new InvalidOperationException($"{path} is not there");
}
