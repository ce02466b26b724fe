using Vic.Engine.Tests.Labs;
using Vic.Vim25;

namespace Vic.Engine.Tests.Permissions;

/// <summary>An endpoint does the whole of its work with what New-VCH -GrantPermission gives its account.</summary>
public sealed class EndpointWorkTests
{
    private const string ContainerFolder = "[datastore1] container";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Every_call_of_an_endpoint_is_allowed(bool hasDrs, bool asVApp)
    {
        await using var lab = await GrantedVch.StartLabAsync(hasDrs);
        var vch = await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab, asVApp: asVApp));
        using var client = await lab.ConnectAsync(GrantedVch.Account);
        var site = await SiteAsync(client, vch.Reference);

        await WriteStateAsync(client, site);
        var layer = await WriteLayerAsync(client, site);
        await RunContainerAsync(client, site, layer);
        await RunAsync(client, new FileManager(client, client.Content.FileManager!.Value).DeleteDatastoreFileTaskAsync("[datastore1] layers", site.Datacenter, Token));
    }

    [Fact]
    public async Task What_is_not_an_endpoints_business_stays_out_of_reach()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        var vch = await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab));
        using var client = await lab.ConnectAsync(GrantedVch.Account);
        var site = await SiteAsync(client, vch.Reference);

        await AssertRefusedAsync("Folder.Create", () => new Folder(client, site.Folder!.Value).CreateFolderAsync("more", Token));
        await AssertRefusedAsync("Resource.CreatePool", () => new ResourcePool(client, site.Pool).CreateResourcePoolAsync("more", new ResourceConfigSpec
        {
            CpuAllocation = new ResourceAllocationInfo(),
            MemoryAllocation = new ResourceAllocationInfo(),
        }, Token));
        await AssertRefusedAsync("Authorization.ModifyRoles", () => new AuthorizationManager(client, client.Content.AuthorizationManager!.Value)
            .AddAuthorizationRoleAsync("more", ["Global.Settings"], Token));
        await AssertRefusedAsync("VirtualMachine.Interact.Reset", () => new VirtualMachine(client, vch.Reference).ResetVMTaskAsync(Token));
    }

    private static async Task AssertRefusedAsync(string privilege, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<VimFaultException>(call);
        Assert.Equal(privilege, Assert.IsType<NoPermission>(refused.Fault).PrivilegeId);
    }

    /// <summary>What an endpoint looks up when it starts: its machine, the way up to the root, its pool's machines, the browser of its datastore.</summary>
    private static async Task<Site> SiteAsync(VimClient client, ManagedObjectReference endpoint)
    {
        var machine = await client.RetrieveAsync(
            endpoint, ["name", "parent", "parentVApp", "resourcePool", "runtime.host", "config.uuid", "config.files.vmPathName", "config.hardware.device"], Token);
        Assert.Empty(machine.Missing);
        var pool = machine.Get<ManagedObjectReference>("resourcePool");
        var current = machine.GetValue<ManagedObjectReference>("parent") ?? await client.GetPropertyAsync<ManagedObjectReference>(pool, "parentFolder", Token);
        ManagedObjectReference datacenter = default;
        var names = new Stack<string>();
        while (current != client.Content.RootFolder)
        {
            var entity = await client.RetrieveAsync(current, ["name", "parent"], Token);
            datacenter = current.Type == "Datacenter" ? current : datacenter;
            if (!datacenter.IsEmpty)
            {
                names.Push(entity.Get<string>("name")!);
            }

            current = entity.Get<ManagedObjectReference>("parent");
        }

        var owner = await client.GetPropertyAsync<ManagedObjectReference>(pool, "owner", Token);
        Assert.NotNull(await client.GetPropertyAsync<ClusterConfigInfoEx>(owner, "configurationEx", Token));
        Assert.NotNull(await client.GetPropertyAsync<ComputeResourceSummary>(owner, "summary", Token));
        Assert.NotNull(await client.GetPropertyAsync<ResourcePoolRuntimeInfo>(pool, "runtime", Token));
        var view = await client.CreateContainerViewAsync("VirtualMachine", pool, Token);
        await using var watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForView(view, "VirtualMachine", ["runtime.powerState"]), Token);
        Assert.NotEmpty(await watch.NextAsync(Token));
        var store = (await client.RetrieveAllAsync("Datastore", ["name", "browser"], datacenter, Token)).Single(found => found.Get<string>("name") == "datastore1");
        var card = machine.Get<List<VirtualDevice>>("config.hardware.device")!.OfType<VirtualEthernetCard>().Last();
        return new Site(
            endpoint, machine.GetValue<ManagedObjectReference>("parent"), pool, datacenter, string.Join('/', names), store.Get<ManagedObjectReference>("browser"),
            machine.Get<ManagedObjectReference>("runtime.host"), Unported(card.Backing!),
            HasDrs: owner != await client.GetPropertyAsync<ManagedObjectReference>(pool, "parent", Token));
    }

    /// <summary>A document beside the endpoint VM: written under a new name, then renamed; and an image store that is listed.</summary>
    private static async Task WriteStateAsync(VimClient client, Site site)
    {
        var manager = new FileManager(client, client.Content.FileManager!.Value);
        var files = new DatastoreFiles(client, site.DatacenterPath, "datastore1");
        await manager.MakeDirectoryAsync($"[datastore1] {EngineLab.VchName}/kvStores", site.Datacenter, createParentDirectories: true, Token);
        using var document = new MemoryStream("a document"u8.ToArray());
        await files.UploadAsync($"{EngineLab.VchName}/kvStores/images.dat.new", document, document.Length, cancellationToken: Token);
        await RunAsync(client, manager.MoveDatastoreFileTaskAsync(
            $"[datastore1] {EngineLab.VchName}/kvStores/images.dat.new", $"[datastore1] {EngineLab.VchName}/kvStores/images.dat", site.Datacenter, site.Datacenter, force: true, Token));
        using var read = new MemoryStream();
        await files.DownloadAsync($"{EngineLab.VchName}/kvStores/images.dat", read, cancellationToken: Token);
        Assert.Equal(document.ToArray(), read.ToArray());
        var search = await new HostDatastoreBrowser(client, site.Browser).SearchDatastoreSubFoldersTaskAsync(
            $"[datastore1] {EngineLab.VchName}", null, Token);
        var listed = await client.WaitForTaskAsync(search!.Value, cancellationToken: Token);
        Assert.Contains("kvStores", string.Join(' ', ((IEnumerable<HostDatastoreBrowserSearchResults>)listed.Result!).Select(result => result.FolderPath)), StringComparison.Ordinal);
    }

    /// <summary>A layer: a disk and its child, made on the endpoint VM while it runs and taken off again.</summary>
    private static async Task<string> WriteLayerAsync(VimClient client, Site site)
    {
        await new FileManager(client, client.Content.FileManager!.Value).MakeDirectoryAsync("[datastore1] layers", site.Datacenter, createParentDirectories: true, Token);
        var endpoint = new VirtualMachine(client, site.Endpoint);
        var controller = (await DevicesAsync(client, site.Endpoint)).OfType<ParaVirtualSCSIController>().First();
        foreach (var (path, parent) in new[] { ("[datastore1] layers/base.vmdk", null), ("[datastore1] layers/top.vmdk", "[datastore1] layers/base.vmdk") })
        {
            await RunAsync(client, endpoint.ReconfigVMTaskAsync(new VirtualMachineConfigSpec { DeviceChange = [Disk(controller.Key, path, parent, "independent_persistent")] }, Token));
            var disk = (await DevicesAsync(client, site.Endpoint)).OfType<VirtualDisk>().Last();
            await RunAsync(client, endpoint.ReconfigVMTaskAsync(
                new VirtualMachineConfigSpec { DeviceChange = [new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, Device = disk }] }, Token));
        }

        return "[datastore1] layers/top.vmdk";
    }

    /// <summary>A container: its machine, its run with a new configuration, its name, its output, its end.</summary>
    private static async Task RunContainerAsync(VimClient client, Site site, string layer)
    {
        var spec = Container(site, layer);
        ManagedObjectReference? host = site.HasDrs ? null : site.Host;
        var created = await RunAsync(client, site.Folder is { } folder
            ? new Folder(client, folder).CreateVMTaskAsync(spec, site.Pool, host, Token)
            : new ResourcePool(client, site.Pool).CreateChildVMTaskAsync(spec, host, Token));
        var machine = new VirtualMachine(client, (ManagedObjectReference)created.Result!);
        await RunAsync(client, machine.ReconfigVMTaskAsync(new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = "guestinfo.a", Value = "b" }] }, Token));
        await RunAsync(client, machine.PowerOnVMTaskAsync(cancellationToken: Token));
        await RunAsync(client, machine.ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec { Name = "renamed", ExtraConfig = [new OptionValue { Key = "common/name", Value = "renamed" }] }, Token));
        await RunAsync(client, machine.PowerOffVMTaskAsync(Token));
        var disks = (await DevicesAsync(client, machine.Reference)).OfType<VirtualDisk>()
            .Select(disk => new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, Device = disk }).ToList();
        await RunAsync(client, machine.ReconfigVMTaskAsync(new VirtualMachineConfigSpec { DeviceChange = disks }, Token));
        await RunAsync(client, machine.DestroyTaskAsync(Token));
        await RunAsync(client, new FileManager(client, client.Content.FileManager!.Value).DeleteDatastoreFileTaskAsync(ContainerFolder, site.Datacenter, Token));
    }

    private static VirtualMachineConfigSpec Container(Site site, string layer) => new()
    {
        Name = "container",
        GuestId = "other64Guest",
        Files = new VirtualMachineFileInfo { VmPathName = $"{ContainerFolder}/container.vmx" },
        NumCPUs = 1,
        MemoryMB = 512,
        ExtraConfig = [new OptionValue { Key = "guestinfo.a", Value = "a" }],
        DeviceChange =
        [
            Add(new ParaVirtualSCSIController { Key = -30, SharedBus = VirtualSCSISharing.NoSharing }),
            Add(new VirtualIDEController { Key = 200, BusNumber = 0 }),
            Add(new VirtualCdrom
            {
                Key = -2,
                ControllerKey = 200,
                UnitNumber = 0,
                Backing = new VirtualCdromIsoBackingInfo { FileName = $"[datastore1] {EngineLab.VchName}/{ProductVersion.Current}-bootstrap.iso" },
            }),
            Add(new VirtualVmxnet3 { Key = -3, AddressType = "generated", Backing = site.Bridge }),
            Add(new VirtualSerialPort
            {
                Key = -10,
                ControllerKey = 400,
                UnitNumber = 0,
                YieldOnPoll = true,
                Backing = new VirtualSerialPortFileBackingInfo { FileName = $"{ContainerFolder}/output.log" },
            }),
            Disk(-30, $"{ContainerFolder}/container.vmdk", layer, "persistent"),
        ],
    };

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) => new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };

    private static VirtualDeviceConfigSpec Disk(int controller, string path, string? parent, string mode) => new()
    {
        Operation = VirtualDeviceConfigSpecOperation.Add,
        FileOperation = VirtualDeviceConfigSpecFileOperation.Create,
        Device = new VirtualDisk
        {
            Key = -1,
            ControllerKey = controller,
            UnitNumber = 0,
            CapacityInKB = 1024,
            Backing = new VirtualDiskFlatVer2BackingInfo
            {
                FileName = path,
                DiskMode = mode,
                ThinProvisioned = true,
                Parent = parent is null ? null : new VirtualDiskFlatVer2BackingInfo { FileName = parent, DiskMode = mode },
            },
        },
    };

    // The port itself is the endpoint's own.
    private static VirtualDeviceBackingInfo Unported(VirtualDeviceBackingInfo backing) =>
        backing is VirtualEthernetCardDistributedVirtualPortBackingInfo { Port: { } port }
            ? new VirtualEthernetCardDistributedVirtualPortBackingInfo
            {
                Port = new DistributedVirtualSwitchPortConnection { SwitchUuid = port.SwitchUuid, PortgroupKey = port.PortgroupKey },
            }
            : backing;

    private static async Task<List<VirtualDevice>> DevicesAsync(VimClient client, ManagedObjectReference machine) =>
        (await client.GetPropertyAsync<List<VirtualDevice>>(machine, "config.hardware.device", Token))!;

    private static async Task<TaskInfo> RunAsync(VimClient client, Task<ManagedObjectReference> start) =>
        await client.WaitForTaskAsync(await start, cancellationToken: Token);

    private sealed record Site(
        ManagedObjectReference Endpoint,
        ManagedObjectReference? Folder,
        ManagedObjectReference Pool,
        ManagedObjectReference Datacenter,
        string DatacenterPath,
        ManagedObjectReference Browser,
        ManagedObjectReference Host,
        VirtualDeviceBackingInfo Bridge,
        bool HasDrs);
}
