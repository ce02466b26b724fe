using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Permissions;

/// <summary>New-VCH -GrantPermission gives an endpoint's account what it needs and no more, and Remove-VCH takes that back.</summary>
public sealed class GrantPermissionTests
{
    private const string Pool = EngineLab.VchName;

    private static readonly string[] OnSite = ["bridge: vic-vch-network+", "datastore1: vic-vch-datastore", "root: vic-vch-vcenter"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false, "Cluster: vic-vch-datastore+", $"{Pool}: vic-vch-endpoint+", $"{Pool}: vic-vch-endpoint+")]
    [InlineData(true, true, "Cluster: vic-vch-datastore+", $"{Pool}: vic-vch-endpoint+")]
    [InlineData(false, false, "Cluster: vic-vch-endpoint-datastore+", $"{Pool}: vic-vch-endpoint+")]
    public async Task An_account_gets_one_role_on_each_object_that_the_VCH_works_with(bool hasDrs, bool asVApp, params string[] byKind)
    {
        await using var lab = await GrantedVch.StartLabAsync(hasDrs);
        var before = await lab.SnapshotAsync();

        var vch = await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab, asVApp: asVApp));

        var datacenter = (await lab.InventoryNamesAsync()).Single(name => name.StartsWith("Datacenter ", StringComparison.Ordinal)).Split('\'')[1];
        Assert.Equal(
            byKind.Concat(OnSite).Append($"{datacenter}: vic-vch-datacenter+").Order(StringComparer.Ordinal), await GrantedVch.PermissionsAsync(lab));
        await lab.RemoveAsync(vch);
        await lab.AssertUnchangedAsync(before, "a VCH whose account was granted its permissions has come and gone");
    }

    [Fact]
    public async Task Removing_a_VCH_leaves_another_one_with_the_same_account_what_it_needs()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        var before = await lab.SnapshotAsync();
        var first = await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab, "first"));
        var alone = await GrantedVch.PermissionsAsync(lab);
        var second = await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab, "second"));

        await lab.RemoveAsync(second);
        var left = await GrantedVch.PermissionsAsync(lab);
        await lab.RemoveAsync(first);

        Assert.Equal(alone, left);
        await lab.AssertUnchangedAsync(before, "both VCHs were removed");
    }

    [Fact]
    public async Task Roles_are_used_again_and_given_what_they_lack()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        using var client = await lab.ConnectAsync();
        var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
        var whole = await manager.AddAuthorizationRoleAsync("vic-vch-network", ["Network.Assign"], Token);
        var lacking = await manager.AddAuthorizationRoleAsync("vic-vch-datacenter", ["Datastore.Config"], Token);

        await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab));

        var roles = await GrantedVch.RolesAsync(client);
        Assert.Equal((whole, lacking), (roles["vic-vch-network"].RoleId, roles["vic-vch-datacenter"].RoleId));
        Assert.Contains("Datastore.FileManagement", roles["vic-vch-datacenter"].Privilege!);
    }

    [Fact]
    public async Task A_role_that_the_account_has_for_something_else_is_in_the_way_and_nothing_is_changed()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        using var client = await lab.ConnectAsync();
        var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
        var role = await manager.AddAuthorizationRoleAsync("auditors", ["Global.Diagnostics"], Token);
        var datastore = (await client.RetrieveAllAsync("Datastore", ["name"], cancellationToken: Token)).Single(store => store.Get<string>("name") == "datastore1");
        await manager.SetEntityPermissionsAsync(
            datastore.Reference, [new Permission { Principal = GrantedVch.Account.Name, RoleId = role, Propagate = true }], Token);
        var before = await lab.SnapshotAsync();

        var error = await Assert.ThrowsAsync<ValidationException>(() => GrantedVch.DeployAsync(lab, GrantedVch.Request(lab)));

        var problem = Assert.Single(error.Problems);
        Assert.Equal("OperationsCredential", problem.Option);
        Assert.Contains("'auditors' on 'datastore1', which lacks Datastore.AllocateSpace", problem.Message, StringComparison.Ordinal);
        await lab.AssertUnchangedAsync(before, "a refused deployment");
    }

    [Fact]
    public async Task An_administrator_is_granted_nothing_and_that_is_told()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync();
        var request = GrantedVch.Request(lab) with { Credential = new EndpointCredential(lab.Facts.User, lab.Facts.Password) };

        var check = (await new VchDeployment(client).TestAsync(request, Quiet.Instance, Token)).Single(check => check.Name == "Permissions");
        var vch = await GrantedVch.DeployAsync(lab, request);

        Assert.Equal(CheckState.Warning, check.State);
        Assert.Contains("is an administrator already; nothing is granted", check.Message, StringComparison.Ordinal);
        Assert.Empty(await GrantedVch.RolesAsync(client));
        await lab.RemoveAsync(vch);
        await lab.AssertUnchangedAsync(before, "a VCH of an administrator has come and gone");
    }

    [Fact]
    public async Task A_single_host_and_an_account_that_is_not_given_are_refused_in_words()
    {
        await using var host = await EngineLab.StartAsync(InventoryModel.Esx);
        await using var lab = await GrantedVch.StartLabAsync();

        var onHost = await FindAsync(host, host.Request() with { HasOperationsAccount = true, GrantPermission = true }, "Permissions");
        var without = await FindAsync(lab, lab.Request() with { GrantPermission = true }, "Permissions");
        var unknown = await FindAsync(lab, GrantedVch.Request(lab) with { Credential = new EndpointCredential("nobody@vsphere.local", "x") }, "Permissions");
        var refused = await FindAsync(lab, GrantedVch.Request(lab) with { GrantPermission = false }, "Account");

        Assert.StartsWith("Permissions are granted on vCenter only.", onHost.Message, StringComparison.Ordinal);
        Assert.Equal((CheckState.Failed, "GrantPermission"), (without.State, without.Option));
        Assert.Contains("knows no user 'nobody@vsphere.local'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("has no permission on this server. Pass -GrantPermission", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_names_every_role_and_changes_nothing()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync();

        var grants = await new VchDeployment(client).ValidateAsync(GrantedVch.Request(lab), Quiet.Instance, Token);

        Assert.Equal(
            [
                "'vic-vch-vcenter' on the root folder", "'vic-vch-datacenter' on 'Datacenter'", "'vic-vch-datastore' on 'Cluster'",
                "'vic-vch-datastore' on 'datastore1'", "'vic-vch-network' on 'bridge'", $"'vic-vch-endpoint' on the resource pool '{Pool}'",
                $"'vic-vch-endpoint' on the folder '{Pool}'",
            ],
            grants.Select(grant => grant.ToString()));
        await lab.AssertUnchangedAsync(before, "a preview");
    }

    [Theory]
    [InlineData("AddAuthorizationRole", 5, CallFailure.DropAnswer)]
    [InlineData("SetEntityPermissions", 7, CallFailure.DropAnswer)]
    [InlineData("SetEntityPermissions", 3, CallFailure.Fault)]
    [InlineData("PowerOnMultiVM_Task", 1, CallFailure.Fault)]
    public async Task A_deployment_that_fails_takes_back_what_it_has_granted(string method, int number, CallFailure failure)
    {
        await using var lab = await GrantedVch.StartLabAsync();
        var before = await lab.SnapshotAsync();
        using var client = await lab.ConnectAsync();
        lab.Faults.Fail(number, failure, method);

        var error = await Assert.ThrowsAsync<DeploymentException>(() => EngineLab.DeployAsync(client, GrantedVch.Request(lab), Token));

        Assert.Empty(error.LeftBehind);
        await lab.AssertUnchangedAsync(before, $"a deployment with a {method} that failed");
    }

    private static async Task<ValidationCheck> FindAsync(EngineLab lab, VchRequest request, string name)
    {
        using var client = await lab.ConnectAsync();
        return (await new VchDeployment(client).TestAsync(request, Quiet.Instance, Token)).First(check => check.Name == name);
    }
}
