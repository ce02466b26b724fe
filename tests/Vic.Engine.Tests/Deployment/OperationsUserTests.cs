using Vic.Engine.Tests.Labs;
using Vic.Lab;
using Vic.Vim25;

namespace Vic.Engine.Tests.Deployment;

/// <summary>
/// What a user needs who is no administrator. The grants for a VCH's operations user are those of vmware/vic (<c>lib/install/opsuser</c>).
/// </summary>
public sealed class OperationsUserTests
{
    private static readonly LabAccount Operator = new("operator@vsphere.local", "a password of the operator");

    private static readonly string[] OnRoot = ["Datastore.Config", "Global.EnableMethods", "Global.DisableMethods"];
    private static readonly string[] OnDatacenter = ["Datastore.Config", "Datastore.FileManagement"];
    private static readonly string[] OnNetwork = ["Network.Assign"];

    private static readonly string[] OnDatastore =
    [
        "Datastore.AllocateSpace", "Datastore.Browse", "Datastore.Config", "Datastore.DeleteFile", "Datastore.FileManagement",
        "Host.Config.SystemManagement",
    ];

    private static readonly string[] OnVch =
    [
        "DVPortgroup.Modify", "DVPortgroup.PolicyOp", "DVPortgroup.ScopeOp", "Resource.AssignVMToPool", "Resource.ColdMigrate",
        "VirtualMachine.Config.AddExistingDisk", "VirtualMachine.Config.AddNewDisk", "VirtualMachine.Config.AddRemoveDevice",
        "VirtualMachine.Config.AdvancedConfig", "VirtualMachine.Config.EditDevice", "VirtualMachine.Config.RemoveDisk",
        "VirtualMachine.Config.Rename", "VirtualMachine.GuestOperations.Execute", "VirtualMachine.GuestOperations.Modify",
        "VirtualMachine.GuestOperations.Query", "VirtualMachine.Interact.DeviceConnection", "VirtualMachine.Interact.PowerOff",
        "VirtualMachine.Interact.PowerOn", "VirtualMachine.Inventory.Create", "VirtualMachine.Inventory.Delete",
        "VirtualMachine.Inventory.Register", "VirtualMachine.Inventory.Unregister",
    ];

    /// <summary>What New-VCH and Remove-VCH do that an endpoint never does: the VCH's pool and folder come and go.</summary>
    private static readonly string[] ToDeploy = ["Folder.Create", "Folder.Delete", "Resource.CreatePool", "Resource.DeletePool"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_operations_users_privileges_and_four_more_a_VCH_is_made_and_removed()
    {
        await using var lab = await EngineLab.StartAsync(new LabOptions { Accounts = [Operator] });
        await GrantToDeployAsync(lab, ToDeploy);
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync(Operator);

        await EngineLab.DeployAsync(client, lab.Request(), Token);
        await EngineLab.RemoveAsync(client, Assert.Single(await lab.ListAsync()), Token);

        await lab.AssertUnchangedAsync(before, "a deployment by the operations user");
    }

    [Theory]
    [InlineData("Folder.Create")]
    [InlineData("Resource.CreatePool")]
    [InlineData("VirtualMachine.Inventory.Create")]
    [InlineData("VirtualMachine.Config.AdvancedConfig")]
    [InlineData("VirtualMachine.Interact.PowerOn")]
    [InlineData("Datastore.FileManagement")]
    [InlineData("Network.Assign")]
    public async Task Without_one_of_them_New_VCH_says_which_is_missing_and_leaves_nothing_behind(string missing)
    {
        await using var lab = await EngineLab.StartAsync(new LabOptions { Accounts = [Operator] });
        await GrantToDeployAsync(lab, ToDeploy, missing);
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync(Operator);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => EngineLab.DeployAsync(client, lab.Request(), Token));

        Assert.Contains(missing, Whole(error), StringComparison.Ordinal);
        await lab.AssertUnchangedAsync(before, $"a deployment without {missing}");
    }

    [Fact]
    public async Task An_endpoint_does_its_work_as_the_operations_user()
    {
        await using var lab = await EngineLab.StartAsync(new LabOptions { Accounts = [Operator] });
        using var administrator = await lab.ConnectAsync();
        await EngineLab.DeployAsync(administrator, lab.Request(), Token);
        var (pool, folder) = await GrantToEndpointAsync(administrator);
        using var client = await lab.ConnectAsync(Operator);
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["name"], cancellationToken: Token))[0].Reference;
        var files = new FileManager(client, client.Content.FileManager!.Value);
        var bridge = (await client.RetrieveAllAsync("DistributedVirtualPortgroup", ["name", "key"], cancellationToken: Token))
            .Single(network => network.Get<string>("name") == "bridge").Reference;

        // An image layer: a disk that is made on the endpoint VM, and then moved to where it belongs.
        await files.MakeDirectoryAsync("[datastore1] layer", datacenter, cancellationToken: Token);
        var endpoint = (await client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token))[0].Reference;
        var controller = (await DevicesAsync(client, endpoint)).OfType<VirtualSCSIController>().First();
        await RunAsync(client, new VirtualMachine(client, endpoint).ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec { DeviceChange = [Disk(controller.Key)] }, Token));
        var layer = (await DevicesAsync(client, endpoint)).OfType<VirtualDisk>().Last();
        await RunAsync(client, new VirtualMachine(client, endpoint).ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec
            {
                DeviceChange = [new VirtualDeviceConfigSpec { Operation = VirtualDeviceConfigSpecOperation.Remove, Device = layer }],
            },
            Token));

        // A container: its machine, its life, its end.
        var machine = new VirtualMachine(client, (ManagedObjectReference)(await RunAsync(
            client, new Folder(client, folder).CreateVMTaskAsync(Container(bridge), pool, cancellationToken: Token))).Result!);
        await RunAsync(client, machine.PowerOnVMTaskAsync(cancellationToken: Token));
        await RunAsync(client, machine.ReconfigVMTaskAsync(
            new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = "guestinfo.a", Value = "b" }] }, Token));
        await RunAsync(client, machine.PowerOffVMTaskAsync(Token));
        await RunAsync(client, machine.RenameTaskAsync("renamed", Token));
        await RunAsync(client, machine.DestroyTaskAsync(Token));
        await RunAsync(client, files.DeleteDatastoreFileTaskAsync("[datastore1] layer", datacenter, Token));

        // What is not a VCH's business stays out of reach.
        var refused = await Assert.ThrowsAsync<VimFaultException>(() => new Folder(client, folder).CreateFolderAsync("more", Token));
        Assert.Equal("Folder.Create", Assert.IsType<NoPermission>(refused.Fault).PrivilegeId);
    }

    private static async Task GrantToDeployAsync(EngineLab lab, IEnumerable<string> more, string? without = null)
    {
        using var client = await lab.ConnectAsync();
        var grants = new Grants(client, Operator.Name, without);
        await grants.AddAsync("Folder", "Datacenters", OnRoot, propagate: false);
        await grants.AddAsync("Datacenter", null, [.. OnDatacenter, .. OnVch, .. more], propagate: true);
        await grants.AddAsync("Datastore", null, OnDatastore, propagate: false);
        await grants.AddAsync("Network", null, OnNetwork, propagate: true);
    }

    private static async Task<(ManagedObjectReference Pool, ManagedObjectReference Folder)> GrantToEndpointAsync(VimClient client)
    {
        var grants = new Grants(client, Operator.Name, without: null);
        await grants.AddAsync("Folder", "Datacenters", OnRoot, propagate: false);
        await grants.AddAsync("Datacenter", null, OnDatacenter, propagate: true);
        await grants.AddAsync("ClusterComputeResource", null, OnDatastore, propagate: true);
        await grants.AddAsync("Datastore", null, OnDatastore, propagate: false);
        await grants.AddAsync("Network", null, OnNetwork, propagate: true);
        var pool = await grants.AddAsync("ResourcePool", EngineLab.VchName, OnVch, propagate: true);
        return (pool, await grants.AddAsync("Folder", EngineLab.VchName, OnVch, propagate: true));
    }

    private static VirtualMachineConfigSpec Container(ManagedObjectReference network) => new()
    {
        Name = "container",
        GuestId = "other3xLinux64Guest",
        Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
        NumCPUs = 2,
        MemoryMB = 512,
        ExtraConfig = [new OptionValue { Key = "guestinfo.a", Value = "a" }],
        DeviceChange =
        [
            new VirtualDeviceConfigSpec
            {
                Operation = VirtualDeviceConfigSpecOperation.Add,
                Device = new ParaVirtualSCSIController { Key = -100, SharedBus = VirtualSCSISharing.NoSharing },
            },
            Disk(-100),
            new VirtualDeviceConfigSpec
            {
                Operation = VirtualDeviceConfigSpecOperation.Add,
                Device = new VirtualVmxnet3
                {
                    Key = -3,
                    Backing = new VirtualEthernetCardDistributedVirtualPortBackingInfo
                    {
                        Port = new DistributedVirtualSwitchPortConnection { PortgroupKey = network.Value, SwitchUuid = string.Empty },
                    },
                },
            },
        ],
    };

    private static VirtualDeviceConfigSpec Disk(int controller) => new()
    {
        Operation = VirtualDeviceConfigSpecOperation.Add,
        FileOperation = VirtualDeviceConfigSpecFileOperation.Create,
        Device = new VirtualDisk
        {
            Key = -2,
            ControllerKey = controller,
            UnitNumber = 0,
            CapacityInKB = 1024,
            Backing = new VirtualDiskFlatVer2BackingInfo { FileName = "[datastore1]", DiskMode = "persistent", ThinProvisioned = true },
        },
    };

    private static async Task<List<VirtualDevice>> DevicesAsync(VimClient client, ManagedObjectReference machine)
        => (await client.GetPropertyAsync<VirtualMachineConfigInfo>(machine, "config", Token))!.Hardware.Device!;

    private static async Task<TaskInfo> RunAsync(VimClient client, Task<ManagedObjectReference> start)
        => await client.WaitForTaskAsync(await start, cancellationToken: Token);

    private static string Whole(Exception error)
        => string.Join('\n', Chain(error).Select(each => each is VimFaultException { Fault: NoPermission refused } ? $"{each.Message} {refused.PrivilegeId}" : each.Message));

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }

    /// <summary>Gives a user roles, as an administrator.</summary>
    private sealed class Grants(VimClient client, string user, string? without)
    {
        /// <summary>A new role with these privileges on all entities of a type, or on the one of a name; gives the last of them.</summary>
        public async Task<ManagedObjectReference> AddAsync(string type, string? name, IEnumerable<string> privileges, bool propagate)
        {
            var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
            var role = await manager.AddAuthorizationRoleAsync(
                $"vic-vch-{Guid.NewGuid()}", [.. privileges.Where(privilege => privilege != without)], Token);
            var entities = type == "Folder" && name == "Datacenters"
                ? [client.Content.RootFolder]
                : (await client.RetrieveAllAsync(type, ["name"], cancellationToken: Token))
                    .Where(entity => name is null || entity.Get<string>("name") == name)
                    .Select(entity => entity.Reference)
                    .ToList();
            foreach (var entity in entities)
            {
                await manager.SetEntityPermissionsAsync(
                    entity, [new Permission { Principal = user, Group = false, RoleId = role, Propagate = propagate }], Token);
            }

            return entities[^1];
        }
    }
}
