using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Documents;
using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Documents;

/// <summary>What is read of a VCH makes the same VCH again, on every kind of site, and tells what differs.</summary>
public sealed class VchExportTests
{
    private static readonly VchRequest Empty = new() { Name = "", Tls = new TlsRequest { CertificatePath = "" }, ApplianceIso = "", BootstrapIso = "" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_VCH_with_every_option_is_the_same_after_it_was_exported_removed_and_made_again(bool asVApp)
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await EveryOption.PrepareAsync(client, Token);
        var wanted = EveryOption.In(lab) with { AsVApp = asVApp, SkipReadiness = true };
        var first = (await EngineLab.DeployAsync(client, wanted, Token)).Vch;
        var exported = await ExportAsync(client, first);

        await lab.RemoveAsync(first);
        Directory.Delete(lab.CertificatePath, recursive: true);
        var again = VchConfiguration.Parse(exported.ToJson()).ApplyTo(Local(lab));
        var second = (await EngineLab.DeployAsync(client, again, Token)).Vch;

        Assert.Equal(exported.ToJson(), (await ExportAsync(client, second)).ToJson());
        var named = exported.Values.Select(pair => pair.Key).ToList();
        string[] absent = ["BridgeNetwork", "NoTls", "NoTlsVerify", "TlsCA", "RegistryCA", "TargetAddress", "AdvertisedAddress", "GrantPermission"];
        Assert.Contains("BridgeNetwork", named);
        Assert.Empty(VchOptions.All.Select(option => option.Name).Except(named).Except(absent).Except(asVApp ? [] : ["AsVApp"]).Except(["NumCpuShares"]));
    }

    [Theory]
    [InlineData(InventoryModel.Esx, TlsMode.None)]
    [InlineData(InventoryModel.Esx, TlsMode.ServerOnly)]
    [InlineData(InventoryModel.VCenter, TlsMode.Mutual)]
    public async Task A_VCH_with_few_options_is_the_same_and_says_little(InventoryModel model, TlsMode mode)
    {
        await using var lab = await EngineLab.StartAsync(model);
        using var client = await lab.ConnectAsync();
        var request = lab.Request() with { SkipReadiness = true, Tls = new TlsRequest { Mode = mode, CertificatePath = lab.CertificatePath, Keys = new(KeyAlgorithm.Ecdsa, 256) } };
        var first = (await EngineLab.DeployAsync(client, request, Token)).Vch;

        var exported = await ExportAsync(client, first);

        var found = await new VchDeployment(client).FindSameAsync(request, Quiet.Instance, Token);
        Assert.Equal(first.Reference, found?.Reference);
        await lab.RemoveAsync(first);
        var second = (await EngineLab.DeployAsync(client, VchConfiguration.Parse(exported.ToJson()).ApplyTo(Local(lab)), Token)).Vch;
        Assert.Equal(exported.ToJson(), (await ExportAsync(client, second)).ToJson());
        Assert.DoesNotContain("BaseImageSizeGB", exported.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Facts.Password, exported.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VCH_that_exists_with_the_same_configuration_is_found_and_one_with_another_is_told()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        await EveryOption.PrepareAsync(client, Token);
        var request = EveryOption.In(lab) with { SkipReadiness = true };
        var deployment = new VchDeployment(client);

        Assert.Null(await deployment.FindSameAsync(request, Quiet.Instance, Token));
        var vch = (await EngineLab.DeployAsync(client, request, Token)).Vch;
        var before = await lab.SnapshotAsync();
        Assert.Equal(vch.Reference, (await deployment.FindSameAsync(request, Quiet.Instance, Token))?.Reference);
        var error = await Assert.ThrowsAsync<VicException>(() => deployment.FindSameAsync(
            request with
            {
                DnsServers = [],
                Compute = request.Compute with { EndpointCpus = 4 },
                Tls = request.Tls with { Mode = TlsMode.ServerOnly, CertificatePath = lab.Folder["elsewhere"] },
            },
            Quiet.Instance,
            Token));

        Assert.Equal("VchDiffers", error.ErrorId);
        Assert.Equal(VicErrorKind.AlreadyExists, error.Kind);
        Assert.Contains("-DnsServer: [ \"192.0.2.53\", \"192.0.2.54\" ], and [ \"8.8.8.8\", \"8.8.4.4\" ] is asked for", error.Message, StringComparison.Ordinal);
        Assert.Contains("-EndpointCpu: 2, and 4 is asked for", error.Message, StringComparison.Ordinal);
        Assert.Contains("-NoTlsVerify: its usual value, and true is asked for", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-Location", error.Message, StringComparison.Ordinal);
        await lab.AssertUnchangedAsync(before, "a look at what exists");
    }

    [Fact]
    public async Task Own_certificates_are_told_as_far_as_they_are_no_secret()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var names = new[] { SubjectName.TryParse("vch.example.org")!.Value };
        var recipe = new KeyRecipe(KeyAlgorithm.Ecdsa, 256);
        var company = new CertificateIssuer(recipe, ["Company"], DateTimeOffset.UtcNow);
        var authority = company.CreateAuthority();
        var server = new CertificateIssuer(recipe, ["Department"], DateTimeOffset.UtcNow).IssueServer(names, authority);
        await File.WriteAllTextAsync(lab.Folder["server.pem"], server.CertificatePem, Token);
        await File.WriteAllTextAsync(lab.Folder["server.key"], server.PrivateKeyPem, Token);
        var request = lab.Request() with
        {
            SkipReadiness = true,
            Registries = new RegistryRequest { Authorities = [authority.CertificatePem] },
            Tls = new TlsRequest
            {
                CertificatePath = lab.CertificatePath,
                ServerCertificate = lab.Folder["server.pem"],
                ServerKey = lab.Folder["server.key"],
                ClientAuthorities = [authority.CertificatePem],
            },
        };

        var exported = await ExportAsync(client, (await EngineLab.DeployAsync(client, request, Token)).Vch);

        var values = exported.Values.ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal([authority.CertificatePem], Assert.IsType<List<object>>(values["TlsCA"]));
        Assert.Equal([authority.CertificatePem], Assert.IsType<List<object>>(values["RegistryCA"]));
        Assert.Equal("vch.example.org", values["TlsCommonName"]);
        Assert.DoesNotContain("PRIVATE KEY", exported.ToJson(), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ValidationException>(
            () => EngineLab.DeployAsync(client, exported.ApplyTo(Local(lab)) with { Name = "another" }, Token));
        Assert.Contains(refused.Problems, problem => problem.Option == "TlsCA" && problem.Message.Contains("-TlsServerKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_whose_password_no_configuration_holds_is_asked_for()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();

        var error = await Assert.ThrowsAsync<ValidationException>(
            () => EngineLab.DeployAsync(client, lab.Request() with { OpsUserName = "ops@vsphere.local" }, Token));

        var problem = Assert.Single(error.Problems);
        Assert.Equal("OperationsCredential", problem.Option);
        Assert.Contains("'ops@vsphere.local'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VCH_of_vic_machine_is_exported_from_the_keys_that_it_has()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        using var client = await lab.ConnectAsync();
        var vch = await OldVch.CreateAsync(client, "old-vch", Token);

        var exported = await ExportAsync(client, vch);

        Assert.Equal(
            """
            {
              "Name": "old-vch",
              "Datacenter": "Datacenter",
              "Location": "Cluster",
              "Datastore": "datastore1",
              "VolumeStore": {
                "default": "ds://datastore1/vols"
              },
              "BridgeNetwork": "bridge",
              "PublicNetwork": "VM Network",
              "PublicNetworkAddress": "10.0.0.1/24",
              "ContainerNetwork": [
                {
                  "Alias": "vmnet",
                  "DnsServer": [
                    "8.8.8.8"
                  ],
                  "Firewall": "Open",
                  "Gateway": "10.0.0.1/24",
                  "IPRange": [
                    "10.0.0.10-10.0.0.20"
                  ],
                  "Network": "VM Network"
                }
              ],
              "EndpointMemoryGB": 0.0625,
              "TargetAddress": "vc",
              "NoTls": true,
              "InsecureRegistry": [
                "a:5000",
                "b"
              ],
              "HttpProxy": "http://proxy:3128",
              "DebugLevel": 1,
              "OpsUserName": "ops"
            }

            """.ReplaceLineEndings("\n"),
            exported.ToJson());
    }

    private static VchRequest Local(EngineLab lab)
    {
        var request = lab.Request();
        return Empty with
        {
            Tls = new TlsRequest { CertificatePath = lab.CertificatePath },
            ApplianceIso = request.ApplianceIso,
            BootstrapIso = request.BootstrapIso,
            Credential = request.Credential,
            TargetThumbprint = request.TargetThumbprint,
            SkipReadiness = true,
        };
    }

    private static Task<VchConfiguration> ExportAsync(VimClient client, VchInfo vch) => new VchExport(client).ReadAsync(vch, Quiet.Instance, Token);
}
