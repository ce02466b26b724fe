using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.PowerShell.Loading;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>What New-VCH and Test-VCH take: everything that describes a VCH.</summary>
public abstract partial class VchRequestCmdlet : ServerCmdlet
{
    private protected const string MutualTls = "MutualTls";
    private protected const string WithoutClientCertificates = "NoTlsVerify";
    private protected const string WithoutTls = "NoTls";

    /// <summary>The name of the VCH, its pool, its folder and its endpoint VM.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "virtual-container-host";

    /// <summary>The cluster, host or resource pool to create it in: an object or a name. Optional when there is only one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("ComputeResource", "Cluster", "VMHost", "ResourcePool")]
    public PSObject? Location { get; set; }

    /// <summary>The datacenter: an object or a name. Optional when there is only one.</summary>
    [Parameter]
    public PSObject? Datacenter { get; set; }

    /// <summary>
    /// The datastore for images and containers: an object, a name, or a name and a folder as <c>datastore1/images</c>. Optional when
    /// there is only one.
    /// </summary>
    [Parameter]
    [Alias("ImageStore")]
    public PSObject? Datastore { get; set; }

    /// <summary>The size of a container's file system in gigabytes.</summary>
    [Parameter]
    [ValidateRange(1, 16384)]
    public int BaseImageSizeGB { get; set; } = 8;

    /// <summary>Groups the VCH in a vApp in place of a resource pool.</summary>
    [Parameter]
    public SwitchParameter AsVApp { get; set; }

    /// <summary>The ISO that the endpoint VM boots; the module's own without it.</summary>
    [Parameter]
    public string? ApplianceIso { get; set; }

    /// <summary>The ISO that container VMs boot; the module's own without it.</summary>
    [Parameter]
    public string? BootstrapIso { get; set; }

    /// <summary>The account by which the VCH works with vSphere; the one of this session without it.</summary>
    [Parameter]
    [Alias("OpsCredential")]
    public PSCredential? OperationsCredential { get; set; }

    /// <summary>
    /// Grants that account what the VCH needs, and no more: roles named <c>vic-vch-...</c> on the root folder, datacenter, cluster, datastores, networks,
    /// and on the VCH's own pool and folder. On vCenter only.
    /// </summary>
    [Parameter]
    public SwitchParameter GrantPermission { get; set; }

    /// <summary>Takes ISOs of another release.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What the parameters ask for.</summary>
    private protected VchRequest ReadRequest(VicServer server)
    {
        var store = Datastore is null ? null : InventoryArgument.Read(Datastore, nameof(Datastore));
        var (image, path) = SplitStore(store);
        return new VchRequest
        {
            Name = Name,
            Location = Selector(Location, nameof(Location)),
            Datacenter = Selector(Datacenter, nameof(Datacenter)),
            ImageStore = image,
            ImageStorePath = path,
            BaseImageSizeGB = BaseImageSizeGB,
            AsVApp = AsVApp,
            BridgeNetwork = Selector(BridgeNetwork, nameof(BridgeNetwork)),
            BridgeNetworkRange = BridgeNetworkRange,
            BridgeNetworkWidth = BridgeNetworkWidth,
            Public = Network(PublicNetwork, nameof(PublicNetwork), PublicNetworkAddress, PublicNetworkGateway),
            Client = Network(ClientNetwork, nameof(ClientNetwork), ClientNetworkAddress, ClientNetworkGateway),
            Management = Network(ManagementNetwork, nameof(ManagementNetwork), ManagementNetworkAddress, ManagementNetworkGateway),
            DnsServers = DnsServer,
            Compute = new ComputeRequest
            {
                EndpointCpus = EndpointCpu,
                EndpointMemoryMB = Megabytes(EndpointMemoryGB),
                CpuLimitMhz = CpuLimitMhz,
                CpuReservationMhz = CpuReservationMhz,
                MemoryLimitMB = MemLimitGB is { } limit ? Megabytes(limit) : null,
                MemoryReservationMB = MemReservationGB is { } reservation ? Megabytes(reservation) : null,
            },
            Tls = new TlsRequest
            {
                Mode = NoTls ? TlsMode.None : NoTlsVerify ? TlsMode.ServerOnly : TlsMode.Mutual,
                CommonName = TlsCommonName,
                CertificatePath = FullPath(CertificatePath ?? Name),
                Keys = KeyRecipe.Of(CertificateKeyAlgorithm, CertificateKeySize),
            },
            Registries = new RegistryRequest
            {
                Mirrors = RegistryMirror,
                AuthorityFiles = RegistryCA.Select(FullPath).ToList(),
                Insecure = InsecureRegistry,
            },
            ApplianceIso = ApplianceIso is null ? IsoLocation.Find("appliance.iso") : FullPath(ApplianceIso),
            BootstrapIso = BootstrapIso is null ? IsoLocation.Find("bootstrap.iso") : FullPath(BootstrapIso),
            IgnoreIsoVersion = Force,
            AdvertisedAddress = AdvertisedAddress,
            TargetAddress = TargetAddress,
            Credential = Credential(OperationsCredential ?? server.Credential),
            HasOperationsAccount = OperationsCredential is not null,
            GrantPermission = GrantPermission,
            TargetThumbprint = server.Thumbprint,
        };
    }

    private static (InventorySelector? Store, string Path) SplitStore(InventorySelector? store)
    {
        // Only a name can carry a folder; an object stands for the datastore itself.
        var slash = store?.Type is null ? store?.Name?.IndexOf('/') ?? -1 : -1;
        return slash < 0
            ? (store, "")
            : (InventorySelector.ByName(store!.Name!.Substring(0, slash)), store.Name.Substring(slash + 1).Trim('/'));
    }

    private static EndpointNetworkRequest Network(PSObject? network, string parameter, string? address, string? gateway) =>
        new() { Network = Selector(network, parameter), Address = address, Gateway = gateway };

    private static InventorySelector? Selector(PSObject? argument, string parameter) =>
        argument is null ? null : InventoryArgument.Read(argument, parameter);

    private static EndpointCredential? Credential(PSCredential? credential) =>
        credential is null ? null : new EndpointCredential(credential.UserName, credential.GetNetworkCredential().Password);

    private static long Megabytes(double gigabytes) => (long)Math.Round(gigabytes * 1024);
}
