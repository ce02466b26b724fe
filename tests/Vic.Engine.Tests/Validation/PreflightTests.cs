using Vic.Engine.Deployment;
using Vic.Engine.Firewall;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Validation;

/// <summary>Test-VCH tells in a row for each check what a VCH would meet at a site, and what to do about it.</summary>
public sealed class PreflightTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task Each_check_has_a_row_and_none_changes_anything(InventoryModel model)
    {
        await using var lab = await EngineLab.StartAsync(model);
        using var client = await lab.ConnectAsync();
        var before = await lab.SnapshotAsync();

        var checks = await TestAsync(client, lab.Request());

        string[] everywhere =
        [
            "Name", "Location", "Resources", "NameIsFree", "ImageStore", "VolumeStores", "Networks", "BridgeNetwork", "Containers", "Addresses", "Certificates",
            "Registries", "Isos", "Space", "Account", "HostReach", "BridgeSharing", "Firewall", "License",
        ];
        string[] own = model == InventoryModel.Esx ? ["ManagedHost"] : ["DRS", "SerialPersistence"];
        Assert.Equal(everywhere.Concat(own).Order(), checks.Select(check => check.Name).Distinct().Order());
        Assert.DoesNotContain(checks, check => check.State == CheckState.Failed);
        await lab.AssertUnchangedAsync(before, "Test-VCH");
    }

    [Fact]
    public async Task A_wrong_option_fails_its_own_row_and_the_others_still_stand()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();

        var checks = await TestAsync(client, lab.Request() with { ImageStore = InventorySelector.ByName("lost") });

        var failed = Assert.Single(checks, check => check.State == CheckState.Failed);
        Assert.Equal(("ImageStore", "Datastore"), (failed.Name, failed.Option));
        Assert.Equal(CheckState.Passed, checks.Single(check => check.Name == "Isos").State);
    }

    [Fact]
    public async Task Hosts_whose_firewall_keeps_serial_ports_in_are_named_until_it_is_opened()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var firewalls = new HostFirewalls(client);

        var closed = await FindAsync(client, lab.Request(), "Firewall");
        var hosts = await firewalls.FindAsync(InventorySelector.ByName("Cluster"), Quiet.Instance, Token);
        foreach (var host in hosts)
        {
            Assert.True((await firewalls.SetAsync(host, allow: true, Quiet.Instance, Token)).IsAllowed);
        }

        var open = await FindAsync(client, lab.Request(), "Firewall");

        Assert.Equal(CheckState.Warning, closed.State);
        Assert.All(hosts, host => Assert.Contains(host.Name, closed.Message, StringComparison.Ordinal));
        Assert.Equal("Open it: Set-VCHFirewall -Allow", closed.Remedy);
        Assert.Equal((CheckState.Passed, "Outgoing TCP to port 2377 is allowed on 2 hosts."), (open.State, open.Message));
    }

    [Fact]
    public async Task A_firewall_that_is_opened_twice_or_closed_again_says_what_it_was()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var firewalls = new HostFirewalls(client);

        var first = await SetAsync(allow: true);
        var second = await SetAsync(allow: true);
        var third = await SetAsync(allow: false);

        Assert.Equal((false, true), (first.WasAllowed, first.IsAllowed));
        Assert.Equal((true, true), (second.WasAllowed, second.IsAllowed));
        Assert.Equal((true, false), (third.WasAllowed, third.IsAllowed));

        async Task<HostFirewallChange> SetAsync(bool allow)
        {
            var host = Assert.Single(await firewalls.FindAsync(location: null, Quiet.Instance, Token));
            return await firewalls.SetAsync(host, allow, Quiet.Instance, Token);
        }
    }

    [Fact]
    public async Task A_firewall_that_is_off_is_no_obstacle()
    {
        await using var lab = await EngineLab.StartAsync(
            new LabOptions { Model = InventoryModel.Esx, HostFirewall = new HostFirewallOptions { BlocksByDefault = false } });
        using var client = await lab.ConnectAsync();

        Assert.Equal(CheckState.Passed, (await FindAsync(client, lab.Request(), "Firewall")).State);
    }

    [Fact]
    public async Task A_cluster_without_DRS_is_told_that_limits_are_ignored()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter, hasDrs: false);
        using var client = await lab.ConnectAsync();

        var check = await FindAsync(client, lab.Request() with { Compute = new ComputeRequest { EndpointMemoryMB = 256, CpuLimitMhz = 1000 } }, "DRS");

        Assert.Equal(CheckState.Warning, check.State);
        Assert.Contains("limits asked for are ignored", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operations_account_is_tried_before_it_is_stored()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var request = lab.Request() with { HasOperationsAccount = true };

        var right = await FindAsync(client, request, "Account");
        var wrong = await FindAsync(client, request with { Credential = new EndpointCredential(lab.Facts.User, "no-password-of-this-lab") }, "Account");

        Assert.Equal(CheckState.Passed, right.State);
        Assert.Equal((CheckState.Failed, "OperationsCredential"), (wrong.State, wrong.Option));
        Assert.DoesNotContain("no-password-of-this-lab", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_loses_serial_ports_with_vMotion_is_told()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await SetPersistenceAsync(client, "false");
        var lost = await FindAsync(client, lab.Request(), "SerialPersistence");
        await SetPersistenceAsync(client, "true");
        var kept = await FindAsync(client, lab.Request(), "SerialPersistence");

        Assert.Equal(CheckState.Warning, lost.State);
        Assert.Contains("config.vpxd.SerialPort.PersistNetworkBacking", lost.Remedy, StringComparison.Ordinal);
        Assert.Equal(CheckState.Passed, kept.State);
    }

    [Fact]
    public async Task Two_VCHs_on_one_bridge_port_group_whose_ranges_overlap_are_told()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await EngineLab.DeployAsync(client, lab.Request(), Token);
        var second = lab.Request() with { Name = "second" };

        var overlapping = await FindAsync(client, second with { BridgeNetworkRange = "172.20.0.0/14" }, "BridgeSharing");
        var apart = await FindAsync(client, second with { BridgeNetworkRange = "192.168.0.0/16" }, "BridgeSharing");

        Assert.Equal(CheckState.Warning, overlapping.State);
        Assert.Contains($"'{EngineLab.VchName}' has 'bridge' for its bridge network too, with addresses of 172.16.0.0/12", overlapping.Message, StringComparison.Ordinal);
        Assert.Equal(CheckState.Passed, apart.State);
    }

    private static Task SetPersistenceAsync(VimClient client, string value) =>
        new OptionManager(client, client.Content.Setting!.Value).UpdateOptionsAsync(
            [new OptionValue { Key = "config.vpxd.SerialPort.PersistNetworkBacking", Value = value }], Token);

    private static async Task<ValidationCheck> FindAsync(VimClient client, VchRequest request, string name) =>
        Assert.Single(await TestAsync(client, request), check => check.Name == name);

    private static Task<IReadOnlyList<ValidationCheck>> TestAsync(VimClient client, VchRequest request) =>
        new VchDeployment(client).TestAsync(request, Quiet.Instance, Token);
}
