using Vic.Engine.Changes;
using Vic.Engine.Documents;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Changes;

/// <summary>A VCH becomes what a configuration says, by its differences alone.</summary>
public sealed class ConfigurationChangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_own_configuration_changes_nothing_about_a_VCH()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await EveryOption.PrepareAsync(client, Token);
        var vch = (await EngineLab.DeployAsync(client, EveryOption.In(lab) with { SkipReadiness = true }, Token)).Vch;
        lab.Faults.Reset();

        var changed = await ApplyAsync(client, vch, await ExportAsync(client, vch));

        Assert.Empty(changed.Changes);
        Assert.DoesNotContain(lab.Faults.Calls, call => call.Method.EndsWith("_Task", StringComparison.Ordinal) || call.Method == "UpdateConfig");
    }

    [Fact]
    public async Task Only_differences_are_applied_and_what_is_left_out_gets_its_usual_value()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await EveryOption.PrepareAsync(client, Token);
        var full = EveryOption.In(lab);
        var vch = await RunningVch.DeployAsync(lab, lab.Request() with
        {
            Compute = full.Compute with { UseVmGroup = false },
            Containers = full.Containers,
            Storage = new StorageRequest { QuotaGB = 2, VolumeStores = [full.Storage.VolumeStores[0]] },
            Registries = full.Registries,
            Proxies = full.Proxies,
            SyslogAddress = full.SyslogAddress,
            DebugLevel = 1,
        });
        var before = await ExportAsync(client, vch);

        var changed = await ApplyAsync(client, vch, VchConfiguration.Parse("""{ "EndpointMemoryGB": 0.75, "ContainerLimit": 5, "CpuSharesLevel": "High", "InsecureRegistry": ["10.1.0.0/16"] }"""));

        Assert.Equal(
            [
                "ContainerLimit: 17 -> 5", "ContainerNameConvention: team-{name} -> {name}-{id}", "ContainerNetwork: db on 'backend' (gateway 10.10.0.1/24, 10.10.0.16-10.10.0.31, 10.10.0.40-10.10.0.50, DNS 10.10.0.2, Outbound) -> none",
                "CpuLimitMhz: 2000 -> none", "CpuReservationMhz: 100 -> 0", "DebugLevel: 1 -> 0", "EndpointCpu: 2 -> 1",
                "HttpProxy: http://proxy.example.org:3128 -> none", "HttpsProxy: http://proxy.example.org:3129 -> none",
                "InsecureRegistry: 10.1.0.0/16, old.example.org:5000 -> 10.1.0.0/16", "MemLimitGB: 4 -> none", "MemReservationGB: 0.25 -> 0", "MemSharesLevel: Custom (1234) -> Normal",
                "NoProxy: .example.org, 10.0.0.0/8 -> none", "RegistryMirror: mirror.example.org -> none", "StorageQuotaGB: 2 -> none",
                "SyslogAddress: tcp://logs.example.org:6514 -> none",
                "VolumeStore: default at ds://datastore2/volumes/of/team -> none",
                "WhitelistRegistry: *.example.org, docker.io -> none",
            ],
            changed.Changes.Select(change => change.ToString()).Order(StringComparer.Ordinal));

        changed = await ApplyAsync(client, changed.Vch, before);

        Assert.Equal(before.ToJson(), (await ExportAsync(client, changed.Vch)).ToJson());
    }

    [Fact]
    public async Task What_a_VCH_keeps_for_life_and_whatever_else_is_wrong_is_refused_together()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await EveryOption.PrepareAsync(client, Token);
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var before = await VchState.ReadAsync(lab);

        var error = await Assert.ThrowsAsync<ValidationException>(() => ApplyAsync(client, vch, VchConfiguration.Parse(
            """
            {
              "Location": "no-such-cluster", "AsVApp": true, "Datastore": "datastore2", "BaseImageSizeGB": 4, "BridgeNetwork": "backend", "BridgeNetworkRange": "10.64.0.0/12",
              "ClientNetwork": "clients", "ClientNetworkAddress": "198.51.100.10/24", "AdvertisedAddress": "vch.example.org", "AsymmetricRoutes": true,
              "NoTlsVerify": true, "OpsUserName": "somebody@example.org", "DnsServer": ["nowhere"], "ContainerLimit": 5
            }
            """)));

        Assert.Equal(
            [
                "AdvertisedAddress", "AsVApp", "AsymmetricRoutes", "BaseImageSizeGB", "BridgeNetwork", "BridgeNetworkRange", "ClientNetwork", "ClientNetworkAddress",
                "Datastore", "DnsServer", "Location", "OperationsCredential", "TlsCommonName",
            ],
            error.Problems.Select(problem => problem.Option).Order(StringComparer.Ordinal));
        Assert.Contains(
            "'swept' has \"bridge\", the configuration asks for \"backend\", and a VCH keeps that for life.", error.Message, StringComparison.Ordinal);
        Assert.Contains("has \"datastore1/images/of/vch\", the configuration asks for \"datastore2\"", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await VchState.ReadAsync(lab));
    }

    [Fact]
    public async Task Parameters_win_over_the_configuration()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, lab.Request());
        var document = VchConfiguration.Parse("""{ "EndpointMemoryGB": 0.25, "ContainerLimit": 5, "HttpProxy": "http://proxy.example.org:3128" }""");

        var changes = await new VchReconfiguration(client).PlanAsync(
            vch, new VchChangeRequest { Configuration = document, ContainerLimit = 7, HttpProxy = "" }, Quiet.Instance, Token);

        Assert.Equal(["ContainerLimit: none -> 7"], changes.Select(change => change.ToString()));
    }

    [Fact]
    public async Task Another_name_in_the_configuration_renews_the_certificate_and_keeps_its_other_names()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();
        var vch = (await EngineLab.DeployAsync(
            client, lab.Request() with { Tls = EveryOption.In(lab).Tls with { CommonName = "old.example.org" }, SkipReadiness = true }, Token)).Vch;
        var document = VchConfiguration.Parse((await ExportAsync(client, vch)).ToJson().Replace("old.example.org", "new.example.org", StringComparison.Ordinal));

        var changed = await ApplyAsync(client, vch, document, lab.CertificatePath);

        Assert.Equal(["new.example.org", "127.0.0.1"], changed.Vch.Certificates()[0].Names);
        Assert.Equal(document.ToJson(), (await ExportAsync(client, changed.Vch)).ToJson());
    }

    private static Task<VchConfiguration> ExportAsync(VimClient client, VchInfo vch) => new VchExport(client).ReadAsync(vch, Quiet.Instance, Token);

    private static Task<ChangedVch> ApplyAsync(VimClient client, VchInfo vch, VchConfiguration document, string? certificates = null) =>
        new VchReconfiguration(client).RunAsync(
            vch,
            new VchChangeRequest { Configuration = document, CertificatePath = certificates, Timeout = TimeSpan.FromSeconds(certificates is null ? 60 : 1) },
            Quiet.Instance,
            Token);
}
