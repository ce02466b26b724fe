using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Validation;

/// <summary>What is wrong with a request is said once, with the option that causes it and what to pass instead; nothing is changed.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private EngineLab? _lab;
    private VimClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EngineLab Lab => _lab!;

    public async ValueTask InitializeAsync()
    {
        _lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        _client = await _lab.ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Lab.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-name-of-more-than-thirty-one-ch")]
    [InlineData("two words")]
    [InlineData("semi;colon")]
    [InlineData("../up")]
    public async Task A_name_that_no_machine_can_have(string name) =>
        await ExpectAsync(Lab.Request() with { Name = name }, "Name", "A name has");

    [Fact]
    public async Task A_location_that_is_not_there_is_answered_with_those_that_are_and_without_the_hosts_of_clusters()
    {
        var problem = await ExpectAsync(Lab.Request() with { Location = InventorySelector.ByName("Nowhere") }, "Location", "There is 'Cluster'.");

        Assert.DoesNotContain("esx1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_of_a_cluster() =>
        await ExpectAsync(Lab.Request() with { Location = InventorySelector.ByName("esx1.lab.local") }, "Location", "belongs to the cluster 'Cluster'");

    [Fact]
    public async Task A_vApp_or_a_pool_inside_of_one()
    {
        var compute = (await _client!.RetrieveAllAsync("ComputeResource", ["resourcePool"], cancellationToken: Token)).Single();
        var limits = new ResourceConfigSpec
        {
            CpuAllocation = new ResourceAllocationInfo { Limit = -1, Reservation = 0, ExpandableReservation = true, Shares = new SharesInfo { Level = SharesLevel.Normal } },
            MemoryAllocation = new ResourceAllocationInfo { Limit = -1, Reservation = 0, ExpandableReservation = true, Shares = new SharesInfo { Level = SharesLevel.Normal } },
        };
        var vApp = await new ResourcePool(_client!, compute.Get<ManagedObjectReference>("resourcePool"))
            .CreateVAppAsync("shop", limits, new VAppConfigSpec(), cancellationToken: Token);
        await new ResourcePool(_client!, vApp).CreateResourcePoolAsync("shelf", limits, Token);

        await ExpectAsync(Lab.Request() with { Location = InventorySelector.ByName("shop") }, "Location", "'shop' is a vApp");
        await ExpectAsync(Lab.Request() with { Location = InventorySelector.ByName("shelf") }, "Location", "'shop' is a vApp");
    }

    [Fact]
    public async Task A_datacenter_that_is_not_there() =>
        await ExpectAsync(Lab.Request() with { Datacenter = InventorySelector.ByName("Nowhere") }, "Datacenter", "There is 'Datacenter'.");

    [Fact]
    public async Task A_datastore_that_is_not_there() =>
        await ExpectAsync(
            Lab.Request() with { ImageStore = InventorySelector.ByName("lost") }, "Datastore", "There are 'datastore1', 'datastore2'.");

    [Fact]
    public async Task No_datastore_where_there_is_more_than_one() =>
        await ExpectAsync(Lab.Request() with { ImageStore = null }, "Datastore", "pass one of 'datastore1', 'datastore2'");

    [Fact]
    public async Task A_datastore_without_space_for_the_endpoint() =>
        await ExpectAsync(
            Lab.Request() with { Compute = new ComputeRequest { EndpointMemoryMB = 1L << 30 } }, "Datastore", "GB free");

    [Fact]
    public async Task A_network_that_is_not_there() =>
        await ExpectAsync(Lab.Request() with { BridgeNetwork = InventorySelector.ByName("lost") }, "BridgeNetwork", "There are 'bridge', 'VM Network'.");

    [Fact]
    public async Task A_bridge_that_is_the_public_network_too() =>
        await ExpectAsync(Lab.Request() with { BridgeNetwork = InventorySelector.ByName("VM Network") }, "BridgeNetwork", "a network of their own");

    [Fact]
    public async Task A_name_that_is_taken_says_how_to_free_it()
    {
        await EngineLab.DeployAsync(_client!, Lab.Request(), Token);

        await ExpectAsync(Lab.Request(), "Name", $"Remove-VCH {EngineLab.VchName}");
    }

    [Fact]
    public async Task An_ISO_that_is_not_there() =>
        await ExpectAsync(Lab.Request() with { ApplianceIso = Lab.Folder["lost.iso"] }, "ApplianceIso", Lab.Folder["lost.iso"]);

    [Fact]
    public async Task An_ISO_of_another_release() =>
        await ExpectAsync(
            Lab.Request() with { BootstrapIso = TestIso.Write(Lab.Folder["old.iso"], "v0.0.9-1-abcdef0") }, "BootstrapIso", "v0.0.9-1-abcdef0");

    [Fact]
    public async Task An_ISO_with_a_flipped_byte() =>
        await ExpectAsync(Lab.Request() with { ApplianceIsoSha256 = new string('0', 64) }, "ApplianceIso", "is damaged: its SHA-256 is ");

    [Fact]
    public async Task Certificates_that_have_expired()
    {
        var issuer = new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["old"], DateTimeOffset.UtcNow.AddYears(-3));
        new CertificateFolder(Lab.CertificatePath).Write(CertificateSet.Create(issuer, TlsMode.Mutual, [SubjectName.TryParse("127.0.0.1")!.Value]));

        await ExpectAsync(Lab.Request() with { Tls = Mutual(Lab.CertificatePath) }, "CertificatePath", "is valid only from");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written() =>
        await ExpectAsync(Lab.Request() with { Tls = Mutual("/proc/self/fdinfo/vch") }, "CertificatePath", "nothing can be written");

    [Fact]
    public async Task A_folder_below_a_file()
    {
        await File.WriteAllTextAsync(Lab.Folder["file"], "", Token);

        await ExpectAsync(Lab.Request() with { Tls = Mutual(Path.Combine(Lab.Folder["file"], "vch")) }, "CertificatePath", $"'{Lab.Folder["file"]}' is a file");
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_though_the_location_is_wrong_too()
    {
        var error = await Assert.ThrowsAsync<ValidationException>(() => EngineLab.DeployAsync(
            _client!,
            Lab.Request() with
            {
                Name = "two words",
                Location = InventorySelector.ByName("Nowhere"),
                ImageStore = InventorySelector.ByName("lost"),
                BridgeNetwork = InventorySelector.ByName("gone"),
                Public = new EndpointNetworkRequest { Network = InventorySelector.ByName("away") },
                ApplianceIso = Lab.Folder["lost.iso"],
                AdvertisedAddress = "no:such:port",
            },
            Token));

        Assert.Equal(
            ["Name", "Location", "Datastore", "PublicNetwork", "BridgeNetwork", "AdvertisedAddress", "ApplianceIso"],
            error.Problems.Select(problem => problem.Option));
    }

    [Fact]
    public async Task A_cluster_without_DRS_gets_the_machine_on_a_host_and_no_vApp()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter, hasDrs: false);
        using var client = await lab.ConnectAsync();
        var before = await lab.SnapshotAsync();

        var error = await Assert.ThrowsAsync<ValidationException>(
            () => EngineLab.DeployAsync(client, lab.Request() with { AsVApp = true }, Token));
        var deployed = await EngineLab.DeployAsync(client, lab.Request(), Token);

        Assert.Contains("A vApp needs", error.Message, StringComparison.Ordinal);
        Assert.Equal("HostSystem", (await client.GetPropertyAsync<ManagedObjectReference>(deployed.Vch.Reference, "runtime.host", Token)).Type);
        await lab.RemoveAsync(deployed.Vch);
        await lab.AssertUnchangedAsync(before, "Remove-VCH");
    }

    private static TlsRequest Mutual(string folder) =>
        new() { Mode = TlsMode.Mutual, CertificatePath = folder, Keys = new KeyRecipe(KeyAlgorithm.Ecdsa, 256) };

    private async Task<ValidationProblem> ExpectAsync(VchRequest request, string option, string text)
    {
        var before = await Lab.SnapshotAsync();

        var error = await Assert.ThrowsAsync<ValidationException>(() => EngineLab.DeployAsync(_client!, request, Token));

        var problem = Assert.Single(error.Problems);
        Assert.Equal(option, problem.Option);
        Assert.Contains(text, problem.Message, StringComparison.Ordinal);
        await Lab.AssertUnchangedAsync(before, "a request that was refused");
        return problem;
    }
}
