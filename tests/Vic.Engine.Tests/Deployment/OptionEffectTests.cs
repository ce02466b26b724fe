using System.Text;
using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Deployment;

/// <summary>Every option of a request ends in the key, the device, the file or the setting that it is about.</summary>
public sealed class OptionEffectTests : IAsyncLifetime
{
    private const string Prefix = "guestinfo.vice./";

    private EngineLab? _lab;
    private VimClient? _client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EngineLab Lab => _lab!;

    private VimClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _lab = await EngineLab.StartAsync(InventoryModel.VCenter);
        _client = await _lab.ConnectAsync();
        await EveryOption.PrepareAsync(_client, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await Lab.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_option_arrives_and_removing_leaves_the_volume_folder_alone(bool asVApp)
    {
        var before = await Lab.SnapshotAsync();
        var deployed = await EngineLab.DeployAsync(Client, EveryOption.In(Lab) with { AsVApp = asVApp, SkipReadiness = true }, Token);

        var keys = await KeysAsync(deployed.Vch.Reference);
        AssertKeys(keys, new()
        {
            ["storage/scratch_size"] = "4000000",
            ["storage/storage_quota"] = "21474836480",
            ["storage/VolumeLocations"] = "default|shared",
            ["storage/VolumeLocations|default/Scheme"] = "ds",
            ["storage/VolumeLocations|default/Host"] = "datastore2",
            ["storage/VolumeLocations|default/Path"] = "/volumes/of/team",
            ["storage/VolumeLocations|shared/Scheme"] = "nfs",
            ["storage/VolumeLocations|shared/Host"] = "filer.example.org",
            ["storage/VolumeLocations|shared/Path"] = "/exports/vol1",
            ["storage/VolumeLocations|shared/RawQuery"] = "uid=1000&gid=1001&proto=tcp",
            ["container/ContainerNameConvention"] = "team-{name}",
            ["container/container_count"] = "17",
            ["container/UseVMGroup"] = "true",
            ["container/VMGroupName"] = EngineLab.VchName,
            ["network/bridge-ip-range/IP"] = Address(10, 64, 0, 0),
            ["network/bridge-ip-range/Mask"] = Convert.ToBase64String([255, 240, 0, 0]),
            ["network/bridge-net-width"] = Convert.ToBase64String([255, 255, 240, 0]),
            ["network/container_networks"] = "bridge|db",
            ["network/container_networks|db/TrustLevel"] = "4",
            ["network/container_networks|db/gateway/IP"] = Address(10, 10, 0, 1),
            ["network/container_networks|db/gateway/Mask"] = Convert.ToBase64String([255, 255, 255, 0]),
            ["network/container_networks|db/pools"] = "1",
            ["network/container_networks|db/pools|0/first"] = Address(10, 10, 0, 16),
            ["network/container_networks|db/pools|0/last"] = Address(10, 10, 0, 31),
            ["network/container_networks|db/pools|1/first"] = Address(10, 10, 0, 40),
            ["network/container_networks|db/pools|1/last"] = Address(10, 10, 0, 50),
            ["network/container_networks|db/dns|0"] = Address(10, 10, 0, 2),
            ["registry/mirrors~"] = "mirror.example.org",
            ["registry/insecure_registries~"] = "10.1.0.0/16|old.example.org:5000",
            ["registry/whitelist_registries~"] = "*.example.org|docker.io",
            ["registry/whitelist_registries"] = "1",
            ["init/asymrouting"] = "true",
            ["init/diagnostics/debug"] = "1",
            ["init/diagnostics/syslog/Network"] = "tcp",
            ["init/diagnostics/syslog/RAddr"] = "logs.example.org:6514",
            ["init/networks|public/ip/IP"] = Address(192, 0, 2, 10),
            ["init/networks|public/network/gateway/IP"] = Address(192, 0, 2, 1),
            ["init/networks|public/network/dns|1"] = Address(192, 0, 2, 54),
            ["init/networks|client/network/destinations"] = "1",
            ["init/networks|client/network/destinations|0/Mask"] = Convert.ToBase64String([255, 0, 0, 0]),
            ["init/networks|client/network/destinations|1/IP"] = Address(172, 30, 0, 0),
            ["init/networks|management/ip/IP"] = Address(203, 0, 113, 10),
            ["init/sessions|vic-endpoint/cmd/Env~"] =
                "HTTP_PROXY=http://proxy.example.org:3128|HTTPS_PROXY=http://proxy.example.org:3129|NO_PROXY=.example.org,10.0.0.0/8",
        });
        await AssertPoolAsync(deployed.Vch.Reference);
        var machine = await Client.RetrieveAsync(deployed.Vch.Reference, ["config.hardware.numCPU", "config.hardware.memoryMB"], Token);
        Assert.Equal((2, 768), (machine.Get<int>("config.hardware.numCPU"), machine.Get<int>("config.hardware.memoryMB")));
        Assert.Equal([deployed.Vch.Reference], await GroupAsync());
        var server = deployed.Vch.Certificates().First(certificate => certificate.Kind == CertificateKind.Server);
        Assert.Contains("O=Research,O=Example", server.Subject, StringComparison.Ordinal);
        Assert.Equal("vch.example.org", server.Names[0]);

        await Lab.RemoveAsync(deployed.Vch);
        Assert.Null(await GroupAsync());
        Assert.True(Directory.Exists(Lab.PathOf("datastore2", "volumes/of/team")));
        Directory.Delete(Lab.PathOf("datastore2", "volumes"), recursive: true);
        await Lab.AssertUnchangedAsync(before, "Remove-VCH");
    }

    [Fact]
    public async Task A_failure_takes_the_volume_folders_and_the_group_back()
    {
        Directory.CreateDirectory(Lab.PathOf("datastore2", "volumes"));
        var before = await Lab.SnapshotAsync();

        await Assert.ThrowsAsync<Vic.Engine.Deployment.DeploymentException>(() => EngineLab.DeployAsync(
            Client, EveryOption.In(Lab) with { Timeout = TimeSpan.FromSeconds(1), AdvertisedAddress = "127.0.0.1:1" }, Token));

        Assert.Null(await GroupAsync());
        await Lab.AssertUnchangedAsync(before, "a deployment that failed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_certificate_of_the_user_is_used_as_it_is(bool mutual)
    {
        var own = Lab.Folder["own"];
        var issuer = new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["own"], DateTimeOffset.UtcNow);
        var set = CertificateSet.Create(issuer, TlsMode.Mutual, [SubjectName.TryParse("127.0.0.1")!.Value]);
        new CertificateFolder(own).Write(set);
        var tls = new TlsRequest
        {
            Mode = mutual ? TlsMode.Mutual : TlsMode.ServerOnly,
            CertificatePath = Lab.CertificatePath,
            ServerCertificate = Path.Combine(own, "server-cert.pem"),
            ServerKey = Path.Combine(own, "server-key.pem"),
            ClientAuthorities = mutual ? [Path.Combine(own, "ca.pem")] : [],
        };

        var deployed = await EngineLab.DeployAsync(Client, Lab.Request() with { Tls = tls, SkipReadiness = true }, Token);

        var keys = await KeysAsync(deployed.Vch.Reference);
        Assert.Equal(set.Server, Text(keys[$"{Prefix}cert/HostCertificate/Cert"]));
        Assert.Equal(mutual, keys.ContainsKey($"{Prefix}cert/CertificateAuthorities"));
        Assert.DoesNotContain(keys.Values, value => value.Contains("PRIVATE KEY", StringComparison.Ordinal) || Text(value).Contains("PRIVATE KEY", StringComparison.Ordinal));
        Assert.Equal(["swept.env"], Directory.EnumerateFiles(Lab.CertificatePath).Select(Path.GetFileName));
        Assert.Equal(mutual, new CertificateFolder(own).HoldsClientOf(deployed.Vch.ClientAuthorities));
    }

    [Fact]
    public async Task Authorities_of_registries_are_taken_from_files_and_from_texts()
    {
        var issuer = new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), ["registry"], DateTimeOffset.UtcNow);
        var (one, other) = (issuer.CreateAuthority().CertificatePem, issuer.CreateAuthority().CertificatePem);
        await File.WriteAllTextAsync(Lab.Folder["registry.pem"], one, Token);

        var deployed = await EngineLab.DeployAsync(
            Client, Lab.Request() with { Registries = new RegistryRequest { Authorities = [Lab.Folder["registry.pem"], other] } }, Token);

        Assert.Equal(one + other, Text((await KeysAsync(deployed.Vch.Reference))[$"{Prefix}cert/RegistryCertificateAuthorities"]));
    }

    private static string Address(params byte[] bytes) => Convert.ToBase64String([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, .. bytes]);

    private static string Text(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private static void AssertKeys(IReadOnlyDictionary<string, string> keys, Dictionary<string, string> expected)
    {
        var actual = expected.Keys.ToDictionary(name => name, name => keys.GetValueOrDefault(Prefix + name, "(absent)"));
        Assert.Equal(
            string.Join('\n', expected.Select(pair => $"{pair.Key} = {pair.Value}")), string.Join('\n', actual.Select(pair => $"{pair.Key} = {pair.Value}")));
    }

    private async Task<IReadOnlyDictionary<string, string>> KeysAsync(ManagedObjectReference machine)
    {
        var options = await Client.GetPropertyAsync<IReadOnlyList<OptionValue>>(machine, "config.extraConfig", Token);
        return options!.Where(option => option.Value is string).ToDictionary(option => option.Key, option => (string)option.Value!);
    }

    private async Task AssertPoolAsync(ManagedObjectReference machine)
    {
        var pool = await Client.GetPropertyAsync<ManagedObjectReference>(machine, "resourcePool", Token);
        var spec = await Client.GetPropertyAsync<ResourceConfigSpec>(pool, "config", Token);
        Assert.Equal((2000L, 100L, SharesLevel.High), (spec!.CpuAllocation.Limit, spec.CpuAllocation.Reservation, spec.CpuAllocation.Shares!.Level));
        Assert.Equal((4096L, 256L, SharesLevel.Custom), (spec.MemoryAllocation.Limit, spec.MemoryAllocation.Reservation, spec.MemoryAllocation.Shares!.Level));
        Assert.Equal(1234, spec.MemoryAllocation.Shares.Shares);
    }

    private async Task<IReadOnlyList<ManagedObjectReference>?> GroupAsync()
    {
        var clusters = await Client.RetrieveAllAsync("ClusterComputeResource", ["configurationEx"], cancellationToken: Token);
        return clusters.Single().Get<ClusterConfigInfoEx>("configurationEx")!.Group?.OfType<ClusterVmGroup>()
            .FirstOrDefault(group => group.Name == EngineLab.VchName)?.Vm;
    }
}
