using Vic.Configuration;
using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Changes;

/// <summary>Port groups are added to those that the containers of a VCH may join, and go again when no container uses them.</summary>
public sealed class ContainerNetworkChangeTests
{
    private static readonly ContainerNetworkRequest Database = new()
    {
        Network = InventorySelector.ByName("backend"),
        Alias = "db",
        Gateway = "10.10.0.1/24",
        IPRanges = ["10.10.0.16/28", "10.10.0.40-50"],
        DnsServers = ["10.10.0.2"],
        Firewall = "Outbound",
    };

    private static readonly ContainerNetworkRequest Frontend = new() { Network = InventorySelector.ByName("frontend") };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_is_added_with_all_that_is_said_of_it_and_goes_again()
    {
        await using var lab = await StartAsync();
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var reconfiguration = new VchReconfiguration(client);

        var changed = await reconfiguration.RunAsync(vch, Networks(Frontend, Database), Quiet.Instance, Token);

        Assert.Equal(
            "ContainerNetwork: none -> db on 'backend' (gateway 10.10.0.1/24, 10.10.0.16-10.10.0.31, 10.10.0.40-10.10.0.50, DNS 10.10.0.2, Outbound), frontend on 'frontend' (DHCP, Published)",
            Assert.Single(changed.Changes).ToString());
        Assert.True(changed.Changes[0].NeedsRestart);
        var network = changed.Vch.Configuration.Network.ContainerNetworks["db"];
        Assert.Equal(("db", "external", "10.10.0.1/24", TrustLevel.Outbound), (network.Name, network.Type, network.Gateway?.ToString(), network.TrustLevel));
        Assert.StartsWith("DistributedVirtualPortgroup:", network.Id, StringComparison.Ordinal);
        Assert.Equal(["10.10.0.16-10.10.0.31", "10.10.0.40-10.10.0.50"], network.Pools.Select(pool => $"{pool.First}-{pool.Last}"));
        Assert.Equal("10.10.0.2", Assert.Single(network.Nameservers).ToString());
        Assert.Empty((await reconfiguration.RunAsync(vch, Networks(Database, Frontend with { Firewall = "published" }), Quiet.Instance, Token)).Changes);

        changed = await reconfiguration.RunAsync(vch, Networks(Frontend), Quiet.Instance, Token);

        Assert.Equal(["bridge", "frontend"], Names(changed.Vch));
        Assert.Equal(["bridge"], Names((await reconfiguration.RunAsync(vch, Networks(), Quiet.Instance, Token)).Vch));
    }

    [Fact]
    public async Task A_network_that_containers_use_stays_even_while_they_are_off()
    {
        await using var lab = await StartAsync();
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, WithNetworks(lab.Request(), Database, Frontend));
        await RunningVch.CreateContainerAsync(client, vch, "store", new string('d', 64), Join("db"));
        await RunningVch.CreateContainerAsync(client, vch, "cache", new string('e', 64), Join("db"));

        var error = await Assert.ThrowsAsync<ValidationException>(() =>
            new VchReconfiguration(client).RunAsync(vch, Networks(), Quiet.Instance, Token));

        Assert.Equal("ContainerNetwork", Assert.Single(error.Problems).Option);
        Assert.Contains("'db' is used by containers: 'cache', 'store'.", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["bridge", "db"], Names((await new VchReconfiguration(client).RunAsync(vch, Networks(Database), Quiet.Instance, Token)).Vch));
    }

    [Fact]
    public async Task A_network_that_exists_is_not_mapped_anew_and_what_New_VCH_refuses_is_refused()
    {
        await using var lab = await StartAsync();
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, WithNetworks(lab.Request(), Database));
        var before = await VchState.ReadAsync(lab);

        var error = await Assert.ThrowsAsync<ValidationException>(() => new VchReconfiguration(client).RunAsync(
            vch,
            Networks(
                Frontend with { Alias = "db" },
                new ContainerNetworkRequest { Network = InventorySelector.ByName("bridge"), Alias = "mine" },
                new ContainerNetworkRequest { Network = InventorySelector.ByName("no such group") },
                Frontend with { Alias = "ranges", IPRanges = ["10.20.0.1-9"] }),
            Quiet.Instance,
            Token));

        Assert.Equal(4, error.Problems.Count);
        Assert.Contains("'db' is on 'backend' (gateway 10.10.0.1/24, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot become on 'frontend' (DHCP, Published)", error.Message, StringComparison.Ordinal);
        Assert.Contains("'bridge' is the bridge network already", error.Message, StringComparison.Ordinal);
        Assert.Contains("There is no network 'no such group'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("The IPRange of 'ranges' needs a Gateway", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await VchState.ReadAsync(lab));
    }

    private static async Task<EngineLab> StartAsync()
    {
        var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await SiteParts.AddPortGroupAsync(client, "backend", Token);
        await SiteParts.AddPortGroupAsync(client, "frontend", Token);
        return lab;
    }

    private static VchChangeRequest Networks(params ContainerNetworkRequest[] networks) => new() { ContainerNetworks = networks };

    private static VchRequest WithNetworks(VchRequest request, params ContainerNetworkRequest[] networks) =>
        request with { Containers = request.Containers with { Networks = networks } };

    private static Action<ExecutorConfiguration> Join(string network) =>
        container => container.Networks[network] = new NetworkEndpoint { Name = network, Network = new ContainerNetwork { Name = network } };

    private static IEnumerable<string> Names(VchInfo vch) => vch.Configuration.Network.ContainerNetworks.Keys.Order(StringComparer.Ordinal);
}
