using Vic.Engine.Changes;
using Vic.Engine.Tests.Labs;
using Vic.Lab;
using Vic.Vim25;

namespace Vic.Engine.Tests.Deployment;

/// <summary>
/// What a user needs who deploys VCHs and is no administrator: the privileges of an endpoint, and four more.
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

    /// <summary>What Set-VCH, Update-VCH and Restore-VCH do that an endpoint never does: snapshots of the endpoint VM, and its size.</summary>
    private static readonly string[] ToChange =
    [
        "Resource.EditPool", "VirtualMachine.Config.CPUCount", "VirtualMachine.Config.Memory", "VirtualMachine.Config.Settings",
        "VirtualMachine.State.CreateSnapshot", "VirtualMachine.State.RemoveSnapshot", "VirtualMachine.State.RevertToSnapshot",
    ];

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

    [Fact]
    public async Task With_seven_privileges_more_a_VCH_is_changed_updated_and_brought_back()
    {
        await using var lab = await EngineLab.StartAsync(new LabOptions { Accounts = [Operator] });
        await GrantToDeployAsync(lab, [.. ToDeploy, .. ToChange]);
        using var client = await lab.ConnectAsync(Operator);
        var vch = (await EngineLab.DeployAsync(client, lab.Request(), Token)).Vch;

        await new VchReconfiguration(client).RunAsync(
            vch, new VchChangeRequest { CpuLimitMhz = 2000, EndpointCpus = 2, EndpointMemoryMB = 512 }, Quiet.Instance, Token);
        await new VchUpgrade(client).RunAsync(
            vch,
            new VchUpgradeRequest { ApplianceIso = lab.Folder["appliance.iso"], BootstrapIso = lab.Folder["bootstrap.iso"], Force = true },
            Quiet.Instance,
            Token);
        await new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);

        var state = await VchState.ReadAsync(lab);
        Assert.Equal((512, 2000, 1), (state.MemoryMB, state.CpuLimitMhz, state.Snapshots));
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

    private static async Task GrantToDeployAsync(EngineLab lab, IEnumerable<string> more, string? without = null)
    {
        using var client = await lab.ConnectAsync();
        var grants = new Grants(client, Operator.Name, without);
        await grants.AddAsync("Folder", "Datacenters", OnRoot, propagate: false);
        await grants.AddAsync("Datacenter", null, [.. OnDatacenter, .. OnVch, .. more], propagate: true);
        await grants.AddAsync("Datastore", null, OnDatastore, propagate: false);
        await grants.AddAsync("Network", null, OnNetwork, propagate: true);
    }

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
        /// <summary>A new role with these privileges on all entities of a type, or on the one of a name.</summary>
        public async Task AddAsync(string type, string? name, IEnumerable<string> privileges, bool propagate)
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
        }
    }
}
