using Vic.Engine.Changes;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Tests.Permissions;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Changes;

/// <summary>Set-VCH -GrantPermission gives a VCH's account what it lacks, and Remove-VCH takes that back.</summary>
public sealed class GrantChangeTests
{
    private static readonly EndpointCredential Credential = new(GrantedVch.Account.Name, GrantedVch.Account.Password);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_account_without_any_permission_is_granted_what_New_VCH_would_have_granted()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        using var client = await lab.ConnectAsync();
        var granted = await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab));
        var expected = await GrantedVch.PermissionsAsync(lab);
        await lab.RemoveAsync(granted);
        var before = await lab.SnapshotAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());

        var changed = await new VchReconfiguration(client).RunAsync(
            vch, new VchChangeRequest { Credential = Credential, GrantPermission = true, ServerThumbprint = lab.Facts.ThumbprintSha256 }, Quiet.Instance, Token);

        Assert.Equal(expected, await GrantedVch.PermissionsAsync(lab));
        Assert.Contains(changed.Changes, change =>
            change.ToString().StartsWith("GrantPermission: none -> 'vic-vch-vcenter' on the root folder, 'vic-vch-datacenter' on 'Datacenter'", StringComparison.Ordinal));
        await lab.RemoveAsync(changed.Vch);
        await lab.AssertUnchangedAsync(before, "a VCH whose account was granted its permissions later has come and gone");
    }

    [Fact]
    public async Task Permissions_alone_take_no_restart_and_a_second_time_nothing()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        using var client = await lab.ConnectAsync();
        var vch = await GrantedVch.DeployAsync(lab, GrantedVch.Request(lab));
        var expected = await GrantedVch.PermissionsAsync(lab);
        await ForgetAsync(client, lab);
        lab.Faults.Reset();

        var changed = await new VchReconfiguration(client).RunAsync(vch, new VchChangeRequest { GrantPermission = true }, Quiet.Instance, Token);

        Assert.Equal(expected, await GrantedVch.PermissionsAsync(lab));
        Assert.Equal(
            ("GrantPermission: what it needed so far -> 'vic-vch-network' on 'bridge'", false), (Assert.Single(changed.Changes).ToString(), changed.Changes[0].NeedsRestart));
        Assert.DoesNotContain(lab.Faults.Calls, call => call.Method is "PowerOffVM_Task" or "ShutdownGuest" or "CreateSnapshot_Task");
        Assert.Empty((await new VchReconfiguration(client).RunAsync(changed.Vch, new VchChangeRequest { GrantPermission = true }, Quiet.Instance, Token)).Changes);
    }

    [Fact]
    public async Task What_a_granted_VCH_gets_later_is_granted_too_and_taken_back_with_a_change_that_fails()
    {
        await using var lab = await GrantedVch.StartLabAsync();
        using var client = await lab.ConnectAsync();
        await SiteParts.AddPortGroupAsync(client, "backend", Token);
        var vch = (await EngineLab.DeployAsync(client, GrantedVch.Request(lab) with { SkipReadiness = false }, Token)).Vch;
        var before = await GrantedVch.PermissionsAsync(lab);
        var request = new VchChangeRequest
        {
            ContainerNetworks = [new ContainerNetworkRequest { Network = InventorySelector.ByName("backend") }],
            VolumeStores = [new VolumeStoreRequest("default", "datastore2/volumes")],
            UseVmGroup = true,
        };
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = true, "CreateSnapshot_Task");
        lab.Faults.Do(1, () => lab.Endpoint.IsSilent = false, "RevertToSnapshot_Task");

        var error = await Assert.ThrowsAsync<ChangeException>(() =>
            new VchReconfiguration(client).RunAsync(vch, request with { Timeout = TimeSpan.FromSeconds(10) }, Quiet.Instance, Token));
        var afterFailure = await GrantedVch.PermissionsAsync(lab);
        await new VchReconfiguration(client).RunAsync(vch, request, Quiet.Instance, Token);

        Assert.Empty(error.Left);
        Assert.Equal(before, afterFailure);
        Assert.Equal(
            before.Where(permission => !permission.StartsWith("Cluster:", StringComparison.Ordinal))
                .Concat(["backend: vic-vch-network+", "datastore2: vic-vch-datastore", "Cluster: vic-vch-datastore-vm-group+"]).Order(StringComparer.Ordinal),
            await GrantedVch.PermissionsAsync(lab));
    }

    [Fact]
    public async Task A_single_host_refuses_and_of_an_administrator_it_is_told_that_nothing_is_granted()
    {
        await using var host = await EngineLab.StartAsync(InventoryModel.Esx);
        using var hostClient = await host.ConnectAsync();
        var onHost = await RunningVch.DeployAsync(host, host.Request());
        await using var lab = await GrantedVch.StartLabAsync();
        using var client = await lab.ConnectAsync();
        var ofAdministrator = await RunningVch.DeployAsync(lab, lab.Request());
        var told = new Warnings();

        var error = await Assert.ThrowsAsync<ValidationException>(() =>
            new VchReconfiguration(hostClient).PlanAsync(onHost, new VchChangeRequest { GrantPermission = true }, Quiet.Instance, Token));
        var changes = await new VchReconfiguration(client).PlanAsync(ofAdministrator, new VchChangeRequest { GrantPermission = true }, told, Token);

        Assert.Contains("Permissions are granted on vCenter only.", error.Message, StringComparison.Ordinal);
        Assert.Empty(changes);
        Assert.Contains("is an administrator already; nothing is granted.", Assert.Single(told.Texts), StringComparison.Ordinal);
    }

    /// <summary>Takes the account's permission on the bridge away, as somebody by mistake would.</summary>
    private static async Task ForgetAsync(VimClient client, EngineLab lab)
    {
        var bridge = (await client.RetrieveAllAsync("DistributedVirtualPortgroup", ["name"], cancellationToken: Token)).Single(group => group.Get<string>("name") == "bridge");
        var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
        await manager.RemoveEntityPermissionAsync(bridge.Reference, GrantedVch.Account.Name, isGroup: false, Token);
        Assert.DoesNotContain("bridge: vic-vch-network+", await GrantedVch.PermissionsAsync(lab));
    }
}
