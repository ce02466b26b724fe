using Vic.Lab.Authorization;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations.Services;

public sealed class PermissionTests
{
    private const int ReadOnly = -2;
    private const int NoAccess = -5;
    private const string PowerOn = "VirtualMachine.Interact.PowerOn";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_without_any_permission_cannot_log_in()
    {
        await using var accounts = await AccountsLab.StartAsync();

        var fault = await ConnectedLab.FaultOfAsync<NoPermission>(accounts.LoginAsync);

        Assert.Equal("System.View", fault.PrivilegeId);
    }

    [Fact]
    public async Task Who_may_only_read_cannot_power_on_and_is_told_which_privilege_is_missing_where()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var machine = await accounts.Lab.CreateMachineAsync("m");
        await accounts.PermitAsync(accounts.Root, ReadOnly);
        using var client = await accounts.LoginAsync();

        var fault = await ConnectedLab.FaultOfAsync<NoPermission>(
            () => new VirtualMachine(client, machine).PowerOnVMTaskAsync(cancellationToken: Token));

        Assert.Equal((machine, PowerOn), (fault.Object, fault.PrivilegeId));
        Assert.Equal("m", await client.GetPropertyAsync<string>(machine, "name", Token));
    }

    [Fact]
    public async Task A_permission_comes_down_the_inventory_when_it_propagates_and_stays_where_it_is_when_not()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var machine = await accounts.Lab.CreateMachineAsync("m");
        await accounts.PermitAsync(accounts.Root, [PowerOn], propagate: false);
        using var client = await accounts.LoginAsync();
        await ConnectedLab.FaultOfAsync<NoPermission>(() => new VirtualMachine(client, machine).PowerOnVMTaskAsync(cancellationToken: Token));

        await accounts.PermitAsync(accounts.Root, [PowerOn], propagate: true);

        await client.WaitForTaskAsync(await new VirtualMachine(client, machine).PowerOnVMTaskAsync(cancellationToken: Token), cancellationToken: Token);
    }

    [Fact]
    public async Task The_nearest_permission_counts_and_a_users_own_before_those_of_groups()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var machine = await accounts.Lab.CreateMachineAsync("m");
        await accounts.PermitAsync(accounts.Root, [PowerOn], group: AccountsLab.Group);
        Assert.Contains(PowerOn, await PrivilegesAsync(accounts, machine));

        await accounts.PermitAsync(machine, ["VirtualMachine.Interact.PowerOff"], group: "Readers");
        Assert.DoesNotContain(PowerOn, await PrivilegesAsync(accounts, machine));

        await accounts.PermitAsync(machine, [PowerOn], group: AccountsLab.Group);
        Assert.Superset(new HashSet<string> { PowerOn, "VirtualMachine.Interact.PowerOff" }, (await PrivilegesAsync(accounts, machine)).ToHashSet());

        await accounts.PermitAsync(machine, NoAccess);
        Assert.Empty(await PrivilegesAsync(accounts, machine));
    }

    [Fact]
    public async Task A_virtual_machine_has_what_its_folder_and_its_resource_pool_give()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var pool = await NewPoolAsync(accounts);
        var machine = await accounts.Lab.CreateMachineAsync("m", pool);
        await accounts.PermitAsync(pool, [PowerOn]);
        await accounts.PermitAsync(await accounts.Lab.FindAsync("Datacenter"), ["VirtualMachine.Interact.PowerOff"]);

        Assert.Superset(new HashSet<string> { PowerOn, "VirtualMachine.Interact.PowerOff" }, (await PrivilegesAsync(accounts, machine)).ToHashSet());
    }

    [Fact]
    public async Task Objects_without_a_permission_are_not_seen_and_those_on_the_way_to_one_show_their_names()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var pool = await NewPoolAsync(accounts);
        var mine = await accounts.Lab.CreateMachineAsync("mine", pool);
        var other = await accounts.Lab.CreateMachineAsync("other");
        await accounts.PermitAsync(mine, ReadOnly);
        using var client = await accounts.LoginAsync();

        Assert.Equal(["mine"], (await client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token)).Select(found => found.Get<string>("name")));
        Assert.Equal("System.View", (await ConnectedLab.FaultOfAsync<NoPermission>(() => client.GetPropertyAsync<string>(other, "name", Token))).PrivilegeId);
        Assert.Null(await client.InvokeAsync(new FindChildRequest { This = client.Content.SearchIndex!.Value, Entity = pool, Name = "other" }, Token));
        Assert.Equal("pool", await client.GetPropertyAsync<string>(pool, "name", Token));
        var content = Assert.Single((await client.InvokeAsync(
            new RetrievePropertiesRequest
            {
                This = client.Content.PropertyCollector,
                SpecSet = [PropertyFilters.ForObjects([pool], ["name", "config"])],
            },
            Token))!);
        var missing = Assert.Single(content.MissingSet!);
        Assert.Equal("config", missing.Path);
        Assert.Equal("System.Read", Assert.IsType<NoPermission>(missing.Fault.Fault).PrivilegeId);
        Assert.Equal("name", Assert.Single(content.PropSet!).Name);
    }

    [Fact]
    public async Task A_watched_view_loses_and_gains_what_permissions_hide_and_show()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var machine = await accounts.Lab.CreateMachineAsync("m");
        await accounts.PermitAsync(accounts.Root, ReadOnly);
        using var client = await accounts.LoginAsync();
        var view = await client.CreateContainerViewAsync("VirtualMachine", client.Content.RootFolder, Token);
        await using var watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForView(view, "VirtualMachine", ["name"]), Token);
        Assert.Equal(ObjectUpdateKind.Enter, Assert.Single(await watch.NextAsync(Token)).Kind);

        var hidden = watch.NextAsync(Token);
        await accounts.PermitAsync(machine, NoAccess);
        Assert.Equal((ObjectUpdateKind.Leave, machine), Kind(await hidden));

        var shown = watch.NextAsync(Token);
        await accounts.Authorization.RemoveEntityPermissionAsync(machine, AccountsLab.User, false, Token);
        Assert.Equal((ObjectUpdateKind.Enter, machine), Kind(await shown));
    }

    [Fact]
    public async Task EffectiveRole_tells_each_user_its_own_roles()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var machine = await accounts.Lab.CreateMachineAsync("m");
        var role = await accounts.PermitAsync(machine, [PowerOn]);
        using var client = await accounts.LoginAsync();

        Assert.Equal([role], (await client.GetPropertyAsync<List<int>>(machine, "effectiveRole", Token))!);
        Assert.Equal([-3], (await client.GetPropertyAsync<List<int>>(accounts.Root, "effectiveRole", Token))!);
        Assert.Equal([-1], (await accounts.Lab.ReadAsync<List<int>>(machine, "effectiveRole"))!);
    }

    [Fact]
    public async Task A_specification_demands_a_privilege_for_each_thing_that_it_changes()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var machine = await accounts.Lab.CreateMachineAsync("m");
        await accounts.PermitAsync(accounts.Root, ["VirtualMachine.Config.Annotation"]);
        using var client = await accounts.LoginAsync();
        var proxy = new VirtualMachine(client, machine);

        await client.WaitForTaskAsync(
            await proxy.ReconfigVMTaskAsync(new VirtualMachineConfigSpec { Annotation = "note" }, Token), cancellationToken: Token);

        Assert.Equal("VirtualMachine.Config.Memory", await MissingAsync(new VirtualMachineConfigSpec { Annotation = "x", MemoryMB = 512 }));
        Assert.Equal("VirtualMachine.Config.CPUCount", await MissingAsync(new VirtualMachineConfigSpec { NumCPUs = 2 }));
        Assert.Equal("VirtualMachine.Config.Rename", await MissingAsync(new VirtualMachineConfigSpec { Name = "n" }));
        Assert.Equal(
            "VirtualMachine.Config.AdvancedConfig",
            await MissingAsync(new VirtualMachineConfigSpec { ExtraConfig = [new OptionValue { Key = "a", Value = "b" }] }));
        Assert.Equal("VirtualMachine.Config.AddRemoveDevice", await MissingAsync(new VirtualMachineConfigSpec
        {
            DeviceChange = [new VirtualDeviceConfigSpec
            {
                Operation = VirtualDeviceConfigSpecOperation.Add,
                Device = new ParaVirtualSCSIController { Key = -1, SharedBus = VirtualSCSISharing.NoSharing },
            }],
        }));

        async Task<string> MissingAsync(VirtualMachineConfigSpec spec)
            => (await ConnectedLab.FaultOfAsync<NoPermission>(() => proxy.ReconfigVMTaskAsync(spec, Token))).PrivilegeId;
    }

    [Fact]
    public async Task Creating_a_machine_demands_the_folder_the_pool_the_datastore_and_the_network()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var folder = (await accounts.Lab.ReadAsync<ManagedObjectReference>(await accounts.Lab.FindAsync("Datacenter"), "vmFolder"));
        var network = await accounts.Lab.FindAsync("DistributedVirtualPortgroup", "bridge");
        string[] needed = ["VirtualMachine.Inventory.Create", "Resource.AssignVMToPool", "Datastore.AllocateSpace", "Network.Assign"];
        var spec = new VirtualMachineConfigSpec
        {
            Name = "m",
            Files = new VirtualMachineFileInfo { VmPathName = "[datastore1]" },
            DeviceChange = [new VirtualDeviceConfigSpec
            {
                Operation = VirtualDeviceConfigSpecOperation.Add,
                Device = new VirtualVmxnet3
                {
                    Key = -1,
                    Backing = new VirtualEthernetCardDistributedVirtualPortBackingInfo
                    {
                        Port = new DistributedVirtualSwitchPortConnection { PortgroupKey = network.Value, SwitchUuid = string.Empty },
                    },
                },
            }],
        };
        var pool = await accounts.Lab.FindAsync("ResourcePool");
        await accounts.PermitAsync(accounts.Root, ReadOnly);
        using var client = await accounts.LoginAsync();

        foreach (var missing in needed)
        {
            await accounts.PermitAsync(accounts.Root, [.. needed.Where(privilege => privilege != missing)]);
            var fault = await ConnectedLab.FaultOfAsync<NoPermission>(() => new Folder(client, folder).CreateVMTaskAsync(spec, pool, cancellationToken: Token));
            Assert.Equal(missing, fault.PrivilegeId);
        }

        await accounts.PermitAsync(accounts.Root, needed);
        await client.WaitForTaskAsync(await new Folder(client, folder).CreateVMTaskAsync(spec, pool, cancellationToken: Token), cancellationToken: Token);
    }

    [Fact]
    public async Task Datastore_files_are_read_and_written_by_those_who_may()
    {
        await using var accounts = await AccountsLab.StartAsync();
        await accounts.PermitAsync(accounts.Root, ["Datastore.Browse"]);
        using var client = await accounts.LoginAsync();
        var theirs = new DatastoreFiles(client, accounts.Lab.Server.Facts.Datacenter, "datastore1");
        var ours = new DatastoreFiles(accounts.Lab.Client, accounts.Lab.Server.Facts.Datacenter, "datastore1");
        using var content = new MemoryStream([1, 2, 3]);
        await ours.UploadAsync("file", content, 3, null, Token);

        Assert.Equal(3, await theirs.GetSizeAsync("file", Token));
        await Assert.ThrowsAsync<DatastoreFileException>(() => theirs.DeleteAsync("file", Token));
        await accounts.PermitAsync(accounts.Root, ["Datastore.FileManagement"]);
        Assert.True(await theirs.DeleteAsync("file", Token));
    }

    [Fact]
    public async Task Roles_are_added_changed_and_removed_unless_they_are_the_systems_or_in_use()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var manager = accounts.Authorization;
        var role = await accounts.PermitAsync(accounts.Root, [PowerOn]);

        await ConnectedLab.FaultOfAsync<AlreadyExists>(() => manager.AddAuthorizationRoleAsync("ADMIN", cancellationToken: Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => manager.AddAuthorizationRoleAsync("r", ["No.Such.Privilege"], Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => manager.UpdateAuthorizationRoleAsync(-1, "Boss", cancellationToken: Token));
        await ConnectedLab.FaultOfAsync<NotFound>(() => manager.RemoveAuthorizationRoleAsync(4711, false, Token));
        await ConnectedLab.FaultOfAsync<RemoveFailed>(() => manager.RemoveAuthorizationRoleAsync(role, true, Token));
        await manager.UpdateAuthorizationRoleAsync(role, "watchers", ["Datastore.Browse"], Token);

        var roles = (await accounts.Lab.ReadAsync<List<AuthorizationRole>>(manager.Reference, "roleList"))!;
        Assert.Equal(
            ["Datastore.Browse", "System.Anonymous", "System.Read", "System.View"], roles.Single(found => found.Name == "watchers").Privilege);
        using var client = await accounts.LoginAsync();
        await manager.RemoveAuthorizationRoleAsync(role, false, Token);
        await ConnectedLab.FaultOfAsync<NoPermission>(() => client.GetPropertyAsync<string>(accounts.Root, "name", Token));
    }

    [Fact]
    public async Task Permissions_are_told_with_those_that_come_down()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var machine = await accounts.Lab.CreateMachineAsync("m");
        await accounts.PermitAsync(accounts.Root, ReadOnly);
        await accounts.PermitAsync(await accounts.Lab.FindAsync("Datacenter"), ReadOnly, propagate: false, group: AccountsLab.Group);
        var own = await accounts.PermitAsync(machine, [PowerOn]);

        var direct = Assert.Single((await accounts.Authorization.RetrieveEntityPermissionsAsync(machine, false, Token))!);
        var all = (await accounts.Authorization.RetrieveEntityPermissionsAsync(machine, true, Token))!;

        Assert.Equal((AccountsLab.User, own, machine), (direct.Principal, direct.RoleId, direct.Entity));
        Assert.Equal([(own, machine)], all.Where(permission => permission.Principal == AccountsLab.User).Select(permission => (permission.RoleId, permission.Entity!.Value)));
        Assert.DoesNotContain(all, permission => permission.Principal == AccountsLab.Group);
        Assert.Contains(all, permission => permission.RoleId == -1 && permission.Entity == accounts.Root);
        Assert.Equal(own, Assert.Single((await accounts.Lab.ReadAsync<List<Permission>>(machine, "permission"))!).RoleId);
        Assert.Equal(5, (await accounts.Authorization.RetrieveAllPermissionsAsync(Token))!.Count);
    }

    [Fact]
    public async Task A_permission_that_makes_no_sense_is_refused()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var folder = await accounts.Lab.ReadAsync<ManagedObjectReference>(await accounts.Lab.FindAsync("Datacenter"), "vmFolder");
        var machine = await accounts.Lab.CreateMachineAsync("m");

        Assert.Equal("nobody", (await ConnectedLab.FaultOfAsync<UserNotFound>(() => SetAsync(machine, "nobody", ReadOnly))).Principal);
        await ConnectedLab.FaultOfAsync<NotFound>(() => SetAsync(machine, AccountsLab.User, 4711));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => SetAsync(machine, AccountsLab.User, -3));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => SetAsync(folder, AccountsLab.User, ReadOnly));
        await ConnectedLab.FaultOfAsync<NotFound>(() => accounts.Authorization.RemoveEntityPermissionAsync(machine, AccountsLab.User, false, Token));
        await accounts.Authorization.RemoveEntityPermissionAsync(accounts.Root, "Administrators", true, Token);
        await ConnectedLab.FaultOfAsync<AuthMinimumAdminPermission>(
            () => accounts.Authorization.RemoveEntityPermissionAsync(accounts.Root, accounts.Lab.Server.Facts.User, false, Token));

        Task SetAsync(ManagedObjectReference entity, string principal, int role)
            => accounts.Authorization.SetEntityPermissionsAsync(entity, [new Permission { Principal = principal, RoleId = role, Propagate = true }], Token);
    }

    [Fact]
    public async Task A_session_can_ask_what_it_may_do()
    {
        await using var accounts = await AccountsLab.StartAsync();
        await accounts.PermitAsync(accounts.Root, [PowerOn]);
        using var client = await accounts.LoginAsync();
        var session = (await client.GetPropertyAsync<UserSession>(client.Content.SessionManager!.Value, "currentSession", Token))!;

        var answer = Assert.Single((await new AuthorizationManager(client, client.Content.AuthorizationManager!.Value)
            .HasPrivilegeOnEntitiesAsync([accounts.Root], session.Key, [PowerOn, "Global.Settings"], Token))!);

        Assert.Equal([true, false], answer.PrivAvailability.Select(privilege => privilege.IsGranted));
    }

    [Fact]
    public async Task Administration_demands_its_privileges_on_the_root_folder()
    {
        await using var accounts = await AccountsLab.StartAsync();
        await accounts.PermitAsync(accounts.Root, ReadOnly);
        using var client = await accounts.LoginAsync();
        var authorization = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);

        Assert.Equal("Authorization.ModifyRoles", await MissingAsync(() => authorization.AddAuthorizationRoleAsync("r", cancellationToken: Token)));
        Assert.Equal("Authorization.ModifyPermissions", await MissingAsync(() => authorization.SetEntityPermissionsAsync(accounts.Root, cancellationToken: Token)));
        Assert.Equal("Global.DisableMethods", await MissingAsync(() => authorization.DisableMethodsAsync([accounts.Root], [], "s", cancellationToken: Token)));
        Assert.Equal("Global.Settings", await MissingAsync(() => new OptionManager(client, client.Content.Setting!.Value).UpdateOptionsAsync([], Token)));
        Assert.Equal(
            "Sessions.TerminateSession",
            await MissingAsync(() => new SessionManager(client, client.Content.SessionManager!.Value).TerminateSessionAsync(["x"], Token)));
        Assert.Null(await client.GetPropertyAsync<List<UserSession>>(client.Content.SessionManager!.Value, "sessionList", Token));

        static async Task<string> MissingAsync(Func<Task> call) => (await ConnectedLab.FaultOfAsync<NoPermission>(call)).PrivilegeId;
    }

    [Fact]
    public async Task Users_and_groups_are_found_in_the_directory()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var directory = new UserDirectory(accounts.Lab.Client, accounts.Lab.Client.Content.UserDirectory!.Value);

        var users = await directory.RetrieveUserGroupsAsync("OPER", false, true, false, cancellationToken: Token);
        var groups = await directory.RetrieveUserGroupsAsync(string.Empty, false, false, true, belongsToUser: AccountsLab.User, cancellationToken: Token);
        var members = await directory.RetrieveUserGroupsAsync(string.Empty, false, true, false, belongsToGroup: "Administrators", cancellationToken: Token);

        Assert.Equal([("operator", false)], users!.Select(user => (user.Principal, user.Group)));
        Assert.Equal([("Operators", true), ("Readers", true)], groups!.Select(group => (group.Principal, group.Group)));
        Assert.Equal("administrator", Assert.Single(members!).Principal);
    }

    [Fact]
    public async Task Every_method_of_the_schema_has_its_line_in_the_table_of_privileges()
    {
        await using var accounts = await AccountsLab.StartAsync();
        var table = new MethodPrivileges(accounts.Lab.Server.World);

        Assert.DoesNotContain(MethodCatalog.MethodNames, name => MethodCatalog.TryCreate(name, out var request) && table.Of(request) is null);
    }

    private static async Task<ManagedObjectReference> NewPoolAsync(AccountsLab accounts)
        => await new ResourcePool(accounts.Lab.Client, await accounts.Lab.FindAsync("ResourcePool", "Resources"))
            .CreateResourcePoolAsync("pool", AccountsLab.Unlimited(), Token);

    private static async Task<List<string>> PrivilegesAsync(AccountsLab accounts, ManagedObjectReference entity)
        => Assert.Single((await accounts.Authorization.FetchUserPrivilegeOnEntitiesAsync([entity], AccountsLab.User, Token))!).Privileges ?? [];

    private static (ObjectUpdateKind Kind, ManagedObjectReference Reference) Kind(IReadOnlyList<ObjectUpdate> updates)
        => (Assert.Single(updates).Kind, updates[0].Obj);
}
