using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Requests;
using Vic.PowerShell.Loading;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.PowerCli;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands;

/// <summary>Creates a virtual container host: a Docker API whose containers are virtual machines of their own.</summary>
[Cmdlet(VerbsCommon.New, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = MutualTls)]
[OutputType(typeof(VirtualContainerHost))]
public sealed class NewVchCommand : ServerCmdlet
{
    private const string MutualTls = "MutualTls";
    private const string WithoutClientCertificates = "NoTlsVerify";
    private const string WithoutTls = "NoTls";

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

    /// <summary>The port group that containers share. On ESXi it is created, with the VCH's name, when none is given.</summary>
    [Parameter]
    public PSObject? BridgeNetwork { get; set; }

    /// <summary>The addresses of container networks, as CIDR.</summary>
    [Parameter]
    public string BridgeNetworkRange { get; set; } = "172.16.0.0/12";

    /// <summary>The prefix length of one container network.</summary>
    [Parameter]
    [ValidateRange(8, 32)]
    public int BridgeNetworkWidth { get; set; } = 16;

    /// <summary>The port group towards the internet, where published ports appear.</summary>
    [Parameter]
    public PSObject? PublicNetwork { get; set; }

    /// <summary>The static address on the public network, as CIDR; DHCP without it.</summary>
    [Parameter]
    public string? PublicNetworkAddress { get; set; }

    /// <summary>The gateway of the public network.</summary>
    [Parameter]
    public string? PublicNetworkGateway { get; set; }

    /// <summary>The port group of the Docker API; the public one without it.</summary>
    [Parameter]
    public PSObject? ClientNetwork { get; set; }

    /// <summary>The static address on the client network, as CIDR.</summary>
    [Parameter]
    public string? ClientNetworkAddress { get; set; }

    /// <summary>The gateway of the client network, after the networks it leads to: <c>10.0.0.0/8:192.0.2.1</c>.</summary>
    [Parameter]
    public string? ClientNetworkGateway { get; set; }

    /// <summary>The port group towards vSphere; the client's without it.</summary>
    [Parameter]
    public PSObject? ManagementNetwork { get; set; }

    /// <summary>The static address on the management network, as CIDR.</summary>
    [Parameter]
    public string? ManagementNetworkAddress { get; set; }

    /// <summary>The gateway of the management network, after the networks it leads to.</summary>
    [Parameter]
    public string? ManagementNetworkGateway { get; set; }

    /// <summary>DNS servers of the endpoint.</summary>
    [Parameter]
    public string[] DnsServer { get; set; } = [];

    /// <summary>Virtual CPUs of the endpoint VM.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int EndpointCpu { get; set; } = 1;

    /// <summary>Memory of the endpoint VM in gigabytes.</summary>
    [Parameter]
    [ValidateRange(0.25, 1024)]
    public double EndpointMemoryGB { get; set; } = 2;

    /// <summary>The CPU limit of the VCH and its containers in MHz.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? CpuLimitMhz { get; set; }

    /// <summary>The CPU reservation in MHz.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? CpuReservationMhz { get; set; }

    /// <summary>The memory limit of the VCH and its containers in gigabytes.</summary>
    [Parameter]
    [ValidateRange(0.25, 1048576)]
    public double? MemLimitGB { get; set; }

    /// <summary>The memory reservation in gigabytes.</summary>
    [Parameter]
    [ValidateRange(0, 1048576)]
    public double? MemReservationGB { get; set; }

    /// <summary>The name in the server certificate: what clients dial.</summary>
    [Parameter(ParameterSetName = MutualTls)]
    [Parameter(ParameterSetName = WithoutClientCertificates)]
    public string? TlsCommonName { get; set; }

    /// <summary>The folder for certificates, keys and the environment file; <c>./name</c> without it.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>The algorithm of new keys.</summary>
    [Parameter(ParameterSetName = MutualTls)]
    [Parameter(ParameterSetName = WithoutClientCertificates)]
    public KeyAlgorithm CertificateKeyAlgorithm { get; set; } = KeyAlgorithm.Rsa;

    /// <summary>The size of new keys in bits; 2048 for RSA and 256 for ECDSA without it.</summary>
    [Parameter(ParameterSetName = MutualTls)]
    [Parameter(ParameterSetName = WithoutClientCertificates)]
    public int? CertificateKeySize { get; set; }

    /// <summary>Lets in clients without a certificate.</summary>
    [Parameter(ParameterSetName = WithoutClientCertificates, Mandatory = true)]
    public SwitchParameter NoTlsVerify { get; set; }

    /// <summary>Serves the Docker API in the clear.</summary>
    [Parameter(ParameterSetName = WithoutTls, Mandatory = true)]
    public SwitchParameter NoTls { get; set; }

    /// <summary>Registries that are asked before Docker Hub.</summary>
    [Parameter]
    public string[] RegistryMirror { get; set; } = [];

    /// <summary>PEM files of authorities that vouch for registries.</summary>
    [Parameter]
    public string[] RegistryCA { get; set; } = [];

    /// <summary>Registries that may be spoken to without TLS, or with a certificate that nobody vouches for.</summary>
    [Parameter]
    public string[] InsecureRegistry { get; set; } = [];

    /// <summary>The ISO that the endpoint VM boots; the module's own without it.</summary>
    [Parameter]
    public string? ApplianceIso { get; set; }

    /// <summary>The ISO that container VMs boot; the module's own without it.</summary>
    [Parameter]
    public string? BootstrapIso { get; set; }

    /// <summary>How clients reach the VCH when that is not its own address: <c>host</c> or <c>host:port</c>.</summary>
    [Parameter]
    public string? AdvertisedAddress { get; set; }

    /// <summary>How the VCH reaches vSphere when that is not the address used here: <c>host</c> or <c>host:port</c>.</summary>
    [Parameter]
    public string? TargetAddress { get; set; }

    /// <summary>The account by which the VCH works with vSphere; the one of this session without it.</summary>
    [Parameter]
    public PSCredential? OpsCredential { get; set; }

    /// <summary>
    /// Returns as soon as the endpoint VM is powered on. Whether it serves Docker is not looked at: <c>IsVerified</c> of the result is false.
    /// </summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>How many seconds to wait for the Docker API after power-on.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int Timeout { get; set; } = 180;

    /// <summary>Takes ISOs of another release.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RejectPipedText(nameof(Location), Location);
        var server = SelectServer(Location, Datacenter, Datastore);
        var request = ReadRequest(server);
        if (!ShouldProcess(Name, $"Create a virtual container host on {server}"))
        {
            // Everything that would stop the real run is told now, and nothing is changed.
            Run((progress, cancellationToken) => new VchDeployment(server.Client).ValidateAsync(request, progress, cancellationToken), Name);
            return;
        }

        var deployed = Run((progress, cancellationToken) => new VchDeployment(server.Client).RunAsync(request, progress, cancellationToken), Name);
        WriteObject(new VirtualContainerHost(deployed, server));
    }

    private VchRequest ReadRequest(VicServer server)
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
                Keys = new KeyRecipe(CertificateKeyAlgorithm, CertificateKeySize ?? (CertificateKeyAlgorithm == KeyAlgorithm.Rsa ? 2048 : 256)),
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
            Credential = Credential(OpsCredential ?? server.Credential),
            TargetThumbprint = server.Thumbprint,
            SkipReadiness = NoWait,
            Timeout = TimeSpan.FromSeconds(Timeout),
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
