using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Engine.Validation;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Validation;

/// <summary>Every rule of the options is broken once; the message names the option and says what to pass instead.</summary>
public sealed class BadOptionTests(BadOptionTests.Site site) : IClassFixture<BadOptionTests.Site>
{
    private static readonly InventorySelector Backend = InventorySelector.ByName("backend");

    private static readonly Dictionary<string, (Func<VchRequest, VchRequest> Break, string Option, string Text)> Rules = new()
    {
        ["A reservation of CPU above the limit"] = (
            request => request with { Compute = request.Compute with { CpuLimitMhz = 100, CpuReservationMhz = 200 } }, "CpuReservationMhz", "200 MHz of 100 MHz"),
        ["A reservation of memory above the limit"] = (
            request => request with { Compute = request.Compute with { MemoryLimitMB = 512, MemoryReservationMB = 1024 } }, "MemReservationGB", "-MemLimitGB allows"),
        ["Custom shares without a number"] = (
            request => request with { Compute = request.Compute with { CpuShares = new ShareRequest(SharesLevel.Custom) } }, "CpuSharesLevel", "pass -NumCpuShares"),
        ["A number of shares beside a level"] = (
            request => request with { Compute = request.Compute with { MemoryShares = new ShareRequest(SharesLevel.High, 5) } }, "NumMemShares", "The level High"),
        ["A number of shares that vSphere has not"] = (
            request => request with { Compute = request.Compute with { CpuShares = new ShareRequest(SharesLevel.Custom, 0) } }, "NumCpuShares", "1 to 1,000,000"),
        ["A DRS group whose name is taken"] = (
            request => request with { Name = Site.TakenGroup, Compute = request.Compute with { UseVmGroup = true } }, "UseVMGroup", "has a DRS group 'taken'"),
        ["A name convention without a name"] = (
            request => request with { Containers = new ContainerRequest { NameConvention = "web" } }, "ContainerNameConvention", "neither {name} nor {id}"),
        ["A name convention that leaves no room"] = (
            request => request with { Containers = new ContainerRequest { NameConvention = new string('x', 69) + "{id}" } }, "ContainerNameConvention", "has 69 characters"),
        ["A name convention with a slash"] = (
            request => request with { Containers = new ContainerRequest { NameConvention = "a/{id}" } }, "ContainerNameConvention", "holds a slash"),
        ["A limit of less than no container"] = (
            request => request with { Containers = new ContainerRequest { Limit = -1 } }, "ContainerLimit", "0 stands for no limit"),
        ["A quota above the datastore's free space"] = (
            request => request with { Storage = new StorageRequest { QuotaGB = 1L << 30 } }, "StorageQuotaGB", "less than the quota"),
        ["A negative quota"] = (
            request => request with { Storage = new StorageRequest { QuotaGB = -1 } }, "StorageQuotaGB", "0 stands for no limit"),
        ["A volume store on a datastore that is not there"] = (
            request => Volumes(request, ("default", "lost/volumes")), "VolumeStore", "There are 'datastore1', 'datastore2'."),
        ["A volume store of a scheme that nobody knows"] = (
            request => Volumes(request, ("default", "smb://filer/share")), "VolumeStore", "neither datastore/folder"),
        ["A volume store with a character that datastores forbid"] = (
            request => Volumes(request, ("default", "datastore1/vol?umes")), "VolumeStore", "only nfs:// takes a query"),
        ["A volume store that climbs out"] = (
            request => Volumes(request, ("default", "datastore1/../secret")), "VolumeStore", "'..'"),
        ["A volume store without a datastore"] = (
            request => Volumes(request, ("default", "/volumes")), "VolumeStore", "names no datastore"),
        ["A volume store with a label of two words"] = (
            request => Volumes(request, ("two words", "datastore1")), "VolumeStore", "is no label"),
        ["Two volume stores with one label"] = (
            request => Volumes(request, ("default", "datastore1/a"), ("default", "datastore2/b")), "VolumeStore", "given twice"),
        ["An NFS store without a folder"] = (
            request => Volumes(request, ("shared", "nfs://filer")), "VolumeStore", "is not nfs://host/folder"),
        ["An NFS store without a host"] = (
            request => Volumes(request, ("shared", "nfs:///folder")), "VolumeStore", "is not nfs://host/folder"),
        ["An NFS store with an option that nobody knows"] = (
            request => Volumes(request, ("shared", "nfs://filer/vol?uid=root")), "VolumeStore", "'uid=root'"),
        ["A container network that is not there"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = InventorySelector.ByName("lost") }), "ContainerNetwork", "There is no network 'lost'."),
        ["A container network named as the bridge"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Alias = "bridge" }), "ContainerNetwork", "containers' own network"),
        ["A container network whose name has blanks"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Alias = "back end" }), "ContainerNetwork", "an Alias without blanks"),
        ["A container network that is the bridge"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = InventorySelector.ByName("bridge"), Alias = "other" }), "ContainerNetwork", "is the bridge network already"),
        ["A container network of single hosts in a cluster"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = InventorySelector.ByName("of one host"), Alias = "vms" }), "ContainerNetwork", "standard port group"),
        ["Two container networks with one name"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Alias = "db" }, new ContainerNetworkRequest { Network = Backend, Alias = "db" }), "ContainerNetwork", "Two networks are named 'db'"),
        ["A gateway of a container network without a prefix"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Gateway = "10.10.0.1" }), "ContainerNetwork", "such as 10.10.0.1/24"),
        ["A gateway that is the network itself"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Gateway = "10.10.0.0/24" }), "ContainerNetwork", "the address of the network itself"),
        ["A range of addresses without a gateway"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, IPRanges = ["10.10.0.10-20"] }), "ContainerNetwork", "needs a Gateway"),
        ["A range of addresses that is none"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Gateway = "10.10.0.1/24", IPRanges = ["10.10.0.20-10.10.0.10"] }), "ContainerNetwork", "is not a range"),
        ["A range of addresses outside of the subnet"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Gateway = "10.10.0.1/24", IPRanges = ["10.11.0.0/28"] }), "ContainerNetwork", "is not in the subnet"),
        ["Ranges of addresses that overlap"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Gateway = "10.10.0.1/24", IPRanges = ["10.10.0.16/28", "10.10.0.30-40"] }), "ContainerNetwork", "overlaps 10.10.0.16-10.10.0.31"),
        ["A DNS server of a container network that is a name"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, DnsServers = ["dns.example.org"] }), "ContainerNetwork", "is not an IP address"),
        ["A firewall that nobody knows"] = (
            request => Mapped(request, new ContainerNetworkRequest { Network = Backend, Firewall = "half" }), "ContainerNetwork", "none of Closed, Outbound, Peers, Published, Open"),
        ["A DNS server that is a name"] = (
            request => request with { DnsServers = ["dns.example.org"] }, "DnsServer", "is not an IP address"),
        ["A bridge range that is none"] = (
            request => request with { BridgeNetworkRange = "172.16.0.0" }, "BridgeNetworkRange", "such as 172.16.0.0/12"),
        ["A bridge network wider than its range"] = (
            request => request with { BridgeNetworkRange = "172.16.0.0/16", BridgeNetworkWidth = 12 }, "BridgeNetworkWidth", "a prefix of 16 to 30"),
        ["A static address without a prefix"] = (
            request => request with { Client = new() { Address = "192.0.2.10" } }, "ClientNetworkAddress", "such as 192.0.2.10/24"),
        ["A public address without a gateway"] = (
            request => request with { Public = new() { Address = "192.0.2.10/24" } }, "PublicNetworkGateway", "needs a gateway"),
        ["A gateway without an address"] = (
            request => request with { Public = new() { Gateway = "192.0.2.1" } }, "PublicNetworkGateway", "pass -PublicNetworkAddress as well"),
        ["A gateway outside of the subnet"] = (
            request => request with { Public = new() { Address = "192.0.2.10/24", Gateway = "198.51.100.1" } }, "PublicNetworkGateway", "is not in the subnet"),
        ["A public gateway with destinations"] = (
            request => request with { Public = new() { Address = "192.0.2.10/24", Gateway = "10.0.0.0/8:192.0.2.1" } }, "PublicNetworkGateway", "takes no list"),
        ["A gateway of the client network that leads everywhere"] = (
            request => request with { Client = new() { Network = Backend, Address = "192.0.2.10/24", Gateway = "192.0.2.1" } }, "ClientNetworkGateway", "name the networks behind"),
        ["Two addresses on one port group"] = (
            request => request with
            {
                Public = new() { Address = "192.0.2.10/24", Gateway = "192.0.2.1" },
                Client = new() { Address = "192.0.2.11/24" },
            },
            "ClientNetworkAddress",
            "has the address 192.0.2.10/24 already"),
        ["A registry mirror that is no registry"] = (
            request => request with { Registries = new() { Mirrors = ["ftp://mirror"] } }, "RegistryMirror", "is not host[:port] or a URL"),
        ["An insecure registry that is none"] = (
            request => request with { Registries = new() { Insecure = ["not a host"] } }, "InsecureRegistry", "is not host[:port] or a network"),
        ["A registry of the whitelist that is none"] = (
            request => request with { Registries = new() { Whitelist = ["*"] } }, "WhitelistRegistry", "a domain such as *.example.org"),
        ["A registry's authority that is not there"] = (
            request => request with { Registries = new() { Authorities = ["/nowhere/ca.pem"] } }, "RegistryCA", "'/nowhere/ca.pem' cannot be used"),
        ["A registry's authority that is no certificate"] = (
            request => request with { Registries = new() { Authorities = ["-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----"] } }, "RegistryCA", "The PEM text cannot be used"),
        ["A proxy without a scheme"] = (
            request => request with { Proxies = new() { Http = "proxy:3128" } }, "HttpProxy", "is not http://host:port"),
        ["A proxy with a path"] = (
            request => request with { Proxies = new() { Https = "http://proxy:3128/path" } }, "HttpsProxy", "is not http://host:port"),
        ["Exceptions from no proxy"] = (
            request => request with { Proxies = new() { Exceptions = ["example.org"] } }, "NoProxy", "pass -HttpProxy or -HttpsProxy"),
        ["Exceptions from a proxy in one item"] = (
            request => request with { Proxies = new() { Http = "http://proxy:3128", Exceptions = ["a,b"] } }, "NoProxy", "as an item of its own"),
        ["A log server without a transport"] = (
            request => request with { SyslogAddress = "logs.example.org:514" }, "SyslogAddress", "is not udp://host[:port] or tcp://host[:port]"),
        ["A log server by a transport that nobody offers"] = (
            request => request with { SyslogAddress = "tls://logs.example.org" }, "SyslogAddress", "is not udp://host[:port] or tcp://host[:port]"),
        ["A log server without a host"] = (
            request => request with { SyslogAddress = "udp://:514" }, "SyslogAddress", "is not udp://host[:port] or tcp://host[:port]"),
        ["A log server with a path"] = (
            request => request with { SyslogAddress = "tcp://logs.example.org/path" }, "SyslogAddress", "is not udp://host[:port] or tcp://host[:port]"),
        ["A common name that is none"] = (
            request => Tls(request, tls => tls with { CommonName = "no name" }), "TlsCommonName", "neither a DNS name nor an IP address"),
        ["An organization that is too long"] = (
            request => Tls(request, tls => tls with { Organizations = [new string('o', 65)] }), "Organization", "1 to 64 characters"),
        ["A key that is too short"] = (
            request => Tls(request, tls => tls with { Keys = new KeyRecipe(KeyAlgorithm.Rsa, 1024) }), "CertificateKeySize", "An RSA key has 2048"),
        ["A server certificate without its key"] = (
            request => Tls(request, tls => tls with { ServerCertificate = Site.Own("server-cert.pem"), ClientAuthorities = [Site.Own("ca.pem")] }), "TlsServerKey", "go together"),
        ["A server key without its certificate"] = (
            request => Tls(request, tls => tls with { ServerKey = Site.Own("server-key.pem"), ClientAuthorities = [Site.Own("ca.pem")] }), "TlsServerCertificate", "go together"),
        ["A server certificate that is not there"] = (
            request => Tls(request, tls => Own(tls) with { ServerCertificate = "/nowhere/cert.pem" }), "TlsServerCertificate", "'/nowhere/cert.pem' cannot be used"),
        ["A server key that is a certificate"] = (
            request => Tls(request, tls => Own(tls) with { ServerKey = Site.Own("ca.pem") }), "TlsServerKey", "no private key"),
        ["A server certificate with another's key"] = (
            request => Tls(request, tls => Own(tls) with { ServerKey = Site.Own("key.pem") }), "TlsServerCertificate", "belongs to another certificate"),
        ["A server certificate for another name"] = (
            request => Tls(request, tls => Own(tls) with { CommonName = "elsewhere.example.org" }), "TlsCommonName", "is not valid for 'elsewhere.example.org'"),
        ["A server certificate without authorities of clients"] = (
            request => Tls(request, tls => Own(tls) with { ClientAuthorities = [] }), "TlsCA", "or let in all: -NoTlsVerify"),
        ["Authorities of clients without a server certificate"] = (
            request => Tls(request, tls => tls with { ClientAuthorities = [Site.Own("ca.pem")] }), "TlsCA", "pass -TlsServerCertificate and -TlsServerKey"),
        ["Authorities of clients that are let in anyway"] = (
            request => Tls(request, tls => Own(tls) with { Mode = TlsMode.ServerOnly }), "TlsCA", "-NoTlsVerify lets in every client"),
        ["Certificates without TLS"] = (
            request => Tls(request, tls => Own(tls) with { Mode = TlsMode.None }), "NoTls", "no use for certificates"),
    };

    public static TheoryData<string> Names { get; } = [.. Rules.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_refused_by_name(string rule)
    {
        var (change, option, text) = Rules[rule];

        var error = await Assert.ThrowsAsync<ValidationException>(() => EngineLab.DeployAsync(site.Client, change(site.Lab.Request()), Token));

        var problem = Assert.Single(error.Problems);
        Assert.Equal(option, problem.Option);
        Assert.Contains(text, problem.Message, StringComparison.Ordinal);
        Assert.Empty(await site.Lab.ListAsync());
    }

    [Fact]
    public async Task A_proxy_with_a_password_is_refused_and_the_password_is_not_shown()
    {
        var request = site.Lab.Request() with { Proxies = new() { Http = "http://user:hunter2@proxy:3128" } };

        var error = await Assert.ThrowsAsync<ValidationException>(() => EngineLab.DeployAsync(site.Client, request, Token));

        Assert.Equal("HttpProxy", Assert.Single(error.Problems).Option);
        Assert.Contains("user and password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_of_a_log_server_is_refused_and_not_shown()
    {
        var request = site.Lab.Request() with { SyslogAddress = "tcp://user:hunter2@logs.example.org" };

        var error = await Assert.ThrowsAsync<ValidationException>(() => EngineLab.DeployAsync(site.Client, request, Token));

        Assert.Equal("SyslogAddress", Assert.Single(error.Problems).Option);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_of_all_options_are_told_at_once()
    {
        var request = site.Lab.Request() with
        {
            Compute = new ComputeRequest { CpuLimitMhz = 1, CpuReservationMhz = 2 },
            Containers = new ContainerRequest { NameConvention = "same" },
            Storage = new StorageRequest { VolumeStores = [new("default", "lost")] },
            Proxies = new ProxyRequest { Http = "proxy" },
            DnsServers = ["name"],
        };

        var error = await Assert.ThrowsAsync<ValidationException>(() => EngineLab.DeployAsync(site.Client, request, Token));

        Assert.Equal(
            ["CpuReservationMhz", "VolumeStore", "ContainerNameConvention", "DnsServer", "HttpProxy"], error.Problems.Select(problem => problem.Option));
    }

    [Fact]
    public async Task What_may_surprise_is_a_warning()
    {
        var request = site.Lab.Request() with
        {
            Client = new() { Network = Backend, Address = "192.0.2.11/24" },
            Public = new() { Address = "192.0.2.10/24", Gateway = "192.0.2.1" },
            DnsServers = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"],
            Tls = Own(site.Lab.Request().Tls with { Mode = TlsMode.Mutual }) with { ClientAuthorities = [Site.Stranger("ca.pem")] },
            AdvertisedAddress = "vch.example.org",
            Registries = new RegistryRequest { Insecure = ["127.0.0.1:1", "10.0.0.0/8"], Whitelist = ["*.example.org", site.Lab.Endpoint.Address] },
        };

        var checks = await new Vic.Engine.Deployment.VchDeployment(site.Client).TestAsync(request, Quiet.Instance, Token);

        Assert.DoesNotContain(checks, check => check.State == CheckState.Failed);
        var warnings = string.Join('\n', checks.Where(check => check.State == CheckState.Warning).Select(check => check.Message));
        Assert.Contains("addresses of the same subnet", warnings, StringComparison.Ordinal);
        Assert.Contains("the first 3 DNS servers only", warnings, StringComparison.Ordinal);
        Assert.Contains("None of the authorities of -TlsCA", warnings, StringComparison.Ordinal);
        Assert.Contains("is not valid for 'vch.example.org'", warnings, StringComparison.Ordinal);
        Assert.Contains("The registry 127.0.0.1:1 does not answer from here", warnings, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Lab.Endpoint.Address, warnings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_DRS_group_needs_DRS()
    {
        await using var lab = await EngineLab.StartAsync(InventoryModel.Esx);
        using var client = await lab.ConnectAsync();

        var error = await Assert.ThrowsAsync<ValidationException>(
            () => EngineLab.DeployAsync(client, lab.Request() with { Compute = new ComputeRequest { UseVmGroup = true } }, Token));

        Assert.Equal("UseVMGroup", Assert.Single(error.Problems).Option);
    }

    private static VchRequest Volumes(VchRequest request, params (string Label, string Location)[] stores) =>
        request with { Storage = new StorageRequest { VolumeStores = [.. stores.Select(store => new VolumeStoreRequest(store.Label, store.Location))] } };

    private static VchRequest Mapped(VchRequest request, params ContainerNetworkRequest[] networks) =>
        request with { Containers = new ContainerRequest { Networks = networks } };

    private static VchRequest Tls(VchRequest request, Func<TlsRequest, TlsRequest> change) =>
        request with { Tls = change(request.Tls with { Mode = TlsMode.Mutual }) };

    private static TlsRequest Own(TlsRequest request) => request with
    {
        ServerCertificate = Site.Own("server-cert.pem"),
        ServerKey = Site.Own("server-key.pem"),
        ClientAuthorities = [Site.Own("ca.pem")],
    };

    /// <summary>A vCenter with a second distributed port group, a DRS group, and certificates that a user brings.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public const string TakenGroup = "taken";

        private static readonly Vic.Testing.Files.TemporaryFolder Certificates = Write();

        private EngineLab? _lab;
        private VimClient? _client;

        internal EngineLab Lab => _lab!;

        internal VimClient Client => _client!;

        public static string Own(string file) => Path.Combine(Certificates["own"], file);

        public static string Stranger(string file) => Path.Combine(Certificates["stranger"], file);

        public async ValueTask InitializeAsync()
        {
            _lab = await EngineLab.StartAsync(InventoryModel.VCenter);
            _client = await _lab.ConnectAsync();
            await SiteParts.AddPortGroupAsync(_client, "backend", Token);
            await SiteParts.AddHostPortGroupAsync(_client, "of one host", Token);
            await SiteParts.AddVmGroupAsync(_client, TakenGroup, Token);
        }

        public async ValueTask DisposeAsync()
        {
            _client?.Dispose();
            await Lab.DisposeAsync();
        }

        private static Vic.Testing.Files.TemporaryFolder Write()
        {
            var folder = new Vic.Testing.Files.TemporaryFolder();
            foreach (var name in new[] { "own", "stranger" })
            {
                var issuer = new CertificateIssuer(new KeyRecipe(KeyAlgorithm.Ecdsa, 256), [name], DateTimeOffset.UtcNow);
                new CertificateFolder(folder[name]).Write(CertificateSet.Create(issuer, TlsMode.Mutual, [SubjectName.TryParse("127.0.0.1")!.Value]));
            }

            return folder;
        }
    }
}
