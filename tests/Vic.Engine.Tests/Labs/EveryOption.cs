using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>A request that uses every option, on a site made for it.</summary>
internal static class EveryOption
{
    public const string ContainerPortGroup = "backend";

    /// <summary>Makes what the request names.</summary>
    public static async Task PrepareAsync(VimClient client, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { ContainerPortGroup, "clients", "vsphere" })
        {
            await SiteParts.AddPortGroupAsync(client, name, cancellationToken);
        }
    }

    public static VchRequest In(EngineLab lab) => lab.Request() with
    {
        Location = InventorySelector.ByName("Cluster"),
        BaseImageSizeGB = 4,
        BridgeNetworkRange = "10.64.0.0/12",
        BridgeNetworkWidth = 20,
        Public = new() { Address = "192.0.2.10/24", Gateway = "192.0.2.1" },
        Client = new() { Network = InventorySelector.ByName("clients"), Address = "198.51.100.10/24", Gateway = "10.0.0.0/8,172.30.0.0/16:198.51.100.1" },
        Management = new() { Network = InventorySelector.ByName("vsphere"), Address = "203.0.113.10/24", Gateway = "10.9.0.0/16:203.0.113.1" },
        DnsServers = ["192.0.2.53", "192.0.2.54"],
        AsymmetricRoutes = true,
        Compute = new ComputeRequest
        {
            EndpointCpus = 2,
            EndpointMemoryMB = 768,
            CpuLimitMhz = 2000,
            CpuReservationMhz = 100,
            CpuShares = new ShareRequest(SharesLevel.High),
            MemoryLimitMB = 4096,
            MemoryReservationMB = 256,
            MemoryShares = new ShareRequest(SharesLevel.Custom, 1234),
            UseVmGroup = true,
        },
        Containers = new ContainerRequest
        {
            NameConvention = "team-{name}",
            Limit = 17,
            Networks =
            [
                new()
                {
                    Network = InventorySelector.ByName(ContainerPortGroup),
                    Alias = "db",
                    Gateway = "10.10.0.1/24",
                    IPRanges = ["10.10.0.16/28", "10.10.0.40-50"],
                    DnsServers = ["10.10.0.2"],
                    Firewall = "Outbound",
                },
            ],
        },
        Storage = new StorageRequest
        {
            QuotaGB = 20,
            VolumeStores = [new("default", "datastore2/volumes/of/team"), new("shared", "nfs://filer.example.org/exports/vol1?uid=1000&gid=1001&proto=tcp")],
        },
        Registries = new RegistryRequest
        {
            Mirrors = ["mirror.example.org"],
            Insecure = ["10.1.0.0/16", "old.example.org:5000"],
            Whitelist = ["*.example.org", "docker.io"],
        },
        Proxies = new ProxyRequest { Http = "http://proxy.example.org:3128", Https = "http://proxy.example.org:3129", Exceptions = [".example.org", "10.0.0.0/8"] },
        SyslogAddress = "tcp://logs.example.org:6514",
        DebugLevel = 1,
        Tls = new TlsRequest
        {
            CertificatePath = lab.CertificatePath,
            CommonName = "vch.example.org",
            Keys = new KeyRecipe(KeyAlgorithm.Ecdsa, 384),
            Organizations = ["Research", "Example"],
        },
    };
}
