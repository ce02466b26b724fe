using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>A lab whose machines have a power state alone, and a session on it.</summary>
internal sealed class MachineLab : IAsyncDisposable
{
    public const long Megabyte = 1024 * 1024;

    private MachineLab(LabServer server, VimClient client)
    {
        Server = server;
        Client = client;
    }

    public LabServer Server { get; }

    public VimClient Client { get; }

    public ManagedObjectReference Folder => Server.World.Datacenter.Folders.Vm;

    public ManagedObjectReference Pool { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<MachineLab> StartAsync(LabOptions? options = null)
    {
        var server = await LabServer.StartAsync(options ?? new LabOptions { Runtime = RuntimeKind.None }, Cancellation);
        var client = await VimClient.ConnectAsync(
            new VimClientOptions(server.Facts.Url) { Thumbprint = server.Facts.ThumbprintSha256 }, Cancellation);
        await client.LoginAsync(server.Facts.User, server.Facts.Password, Cancellation);
        var lab = new MachineLab(server, client);
        lab.Pool = (await client.RetrieveAllAsync("ResourcePool", ["name"], client.Content.RootFolder, Cancellation))[0].Reference;
        return lab;
    }

    /// <summary>Runs a method that gives a task, and waits for what the task gives.</summary>
    public async Task<object?> RunAsync(VimRequest<ManagedObjectReference> request)
        => (await Client.WaitForTaskAsync(await Client.InvokeAsync(request, Cancellation), cancellationToken: Cancellation)).Result;

    /// <summary>The fault that a task, or the call that should have started it, ends with.</summary>
    public async Task<T> FaultAsync<T>(VimRequest<ManagedObjectReference> request)
        where T : MethodFault
    {
        var exception = await Assert.ThrowsAsync<VimFaultException>(() => RunAsync(request));
        return Assert.IsType<T>(exception.Fault);
    }

    public Task<T?> GetAsync<T>(ManagedObjectReference reference, string property)
        where T : notnull => Client.GetPropertyAsync<T>(reference, property, Cancellation);

    /// <summary>A machine with disks of the capacities given, in KiB.</summary>
    public async Task<ManagedObjectReference> CreateAsync(string name, params long[] capacities)
    {
        var changes = new List<VirtualDeviceConfigSpec>
        {
            new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = new ParaVirtualSCSIController { Key = -1, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing } },
        };
        changes.AddRange(capacities.Select((capacity, unit) => NewDisk(-1, unit, capacity)));
        var spec = new VirtualMachineConfigSpec
        {
            Name = name,
            GuestId = "other3xLinux64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
            DeviceChange = changes,
        };
        return (ManagedObjectReference)(await RunAsync(new CreateVMTaskRequest { This = Folder, Config = spec, Pool = Pool }))!;
    }

    /// <summary>A machine whose one disk is a child of another disk.</summary>
    public async Task<ManagedObjectReference> CreateLinkedAsync(string name, string parent)
    {
        var disk = NewDisk(-1, 0, 0);
        ((VirtualDiskFlatVer2BackingInfo)disk.Device.Backing!).Parent = new VirtualDiskFlatVer2BackingInfo { FileName = parent };
        var spec = new VirtualMachineConfigSpec
        {
            Name = name,
            GuestId = "other3xLinux64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
            DeviceChange =
            [
                new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = new ParaVirtualSCSIController { Key = -1, BusNumber = 0, SharedBus = VirtualSCSISharing.NoSharing } },
                disk,
            ],
        };
        return (ManagedObjectReference)(await RunAsync(new CreateVMTaskRequest { This = Folder, Config = spec, Pool = Pool }))!;
    }

    public static VirtualDeviceConfigSpec NewDisk(int controller, int unit, long capacityInKB, bool thin = true) => new()
    {
        Operation = VirtualDeviceConfigSpecOperation.Add,
        FileOperation = VirtualDeviceConfigSpecFileOperation.Create,
        Device = new VirtualDisk
        {
            Key = -10 - unit,
            ControllerKey = controller,
            UnitNumber = unit,
            CapacityInKB = capacityInKB,
            Backing = new VirtualDiskFlatVer2BackingInfo { DiskMode = "persistent", ThinProvisioned = thin },
        },
    };

    public async Task<IReadOnlyList<VirtualDisk>> DisksAsync(ManagedObjectReference machine)
        => [.. (await GetAsync<VirtualMachineConfigInfo>(machine, "config"))!.Hardware.Device!.OfType<VirtualDisk>()];

    /// <summary>The file names of a disk's chain, the disk itself first.</summary>
    public async Task<IReadOnlyList<string>> ChainAsync(ManagedObjectReference machine, int disk = 0)
    {
        var chain = new List<string>();
        for (var backing = (VirtualDiskFlatVer2BackingInfo?)(await DisksAsync(machine))[disk].Backing; backing is not null; backing = backing.Parent)
        {
            chain.Add(backing.FileName);
        }

        return chain;
    }

    public Task PowerOnAsync(ManagedObjectReference machine) => RunAsync(new PowerOnVMTaskRequest { This = machine });

    public Task PowerOffAsync(ManagedObjectReference machine) => RunAsync(new PowerOffVMTaskRequest { This = machine });

    /// <summary>The file of this computer behind a path on a datastore.</summary>
    public string PathOf(string path) => Server.World.Locate(path).File;

    /// <summary>The files below a directory of a datastore.</summary>
    public IReadOnlyList<string> Files(string path)
    {
        var directory = PathOf(path);
        return Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file)).Order(StringComparer.Ordinal)]
            : [];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
