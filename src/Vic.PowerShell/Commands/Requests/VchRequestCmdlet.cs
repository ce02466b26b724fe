using System.Collections;
using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Requests;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Loading;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>What New-VCH and Test-VCH take: everything that describes a VCH.</summary>
public abstract partial class VchRequestCmdlet : ServerCmdlet
{
    private protected const string MutualTls = "MutualTls";
    private protected const string WithoutClientCertificates = "NoTlsVerify";
    private protected const string WithoutTls = "NoTls";

    private readonly List<VchLocation> _piped = [];

    /// <summary>
    /// The name of the VCH, its pool, its folder and its endpoint VM. For several locations through the pipeline a script block that makes the name of each:
    /// <c>{ "vch-$($_.Name)" }</c>.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public PSObject Name { get; set; } = PSObject.AsPSObject("virtual-container-host");

    /// <summary>The cluster, host or resource pool to create it in: an object or a name. Optional when there is only one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("ComputeResource", "Cluster", "VMHost", "ResourcePool")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    public PSObject? Location { get; set; }

    /// <summary>The datacenter: an object or a name. Optional when there is only one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatacenterCompleter))]
    public PSObject? Datacenter { get; set; }

    /// <summary>
    /// The datastore for images and containers: an object, a name, or a name and a folder as <c>datastore1/images</c>. Optional when
    /// there is only one.
    /// </summary>
    [Parameter]
    [Alias("ImageStore")]
    [ArgumentCompleter(typeof(DatastoreCompleter))]
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

    /// <summary>The name of the VCH that is described now.</summary>
    private protected string VchName { get; private set; } = "";

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        RejectPipedText(nameof(Location), Location);
        var place = new VchLocation(Location, Server);
        if (MyInvocation.ExpectingInput)
        {
            _piped.Add(place);
        }
        else
        {
            ProcessLocation(place, NameFor(place));
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        // All locations are known now, so names that cannot be are refused before anything is made.
        var names = _piped.Select(NameFor).ToList();
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count)
        {
            Refuse(
                "NamesNotDistinct", VicErrorKind.InvalidInput, $"{names.Count} locations came through the pipeline, and the names for them are {string.Join(", ", names)}.",
                action: "Make a name for each with a script block: -Name { \"vch-$($_.Name)\" }.");
        }

        for (var index = 0; index < names.Count; index++)
        {
            ProcessLocation(_piped[index], names[index]);
        }
    }

    /// <summary>Does the cmdlet's work for the location and the name that are set.</summary>
    private protected abstract void ProcessLocation();

    /// <summary>What the parameters ask for.</summary>
    private protected VchRequest ReadRequest(VicServer server)
    {
        var store = Selector(Datastore, nameof(Datastore));
        var (image, path) = SplitStore(store);
        return new VchRequest
        {
            Name = VchName,
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
                CertificatePath = FullPath(CertificatePath ?? VchName),
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
            ApplianceIsoSha256 = ApplianceIso is null ? ShippedSha256("appliance.iso") : null,
            BootstrapIsoSha256 = BootstrapIso is null ? ShippedSha256("bootstrap.iso") : null,
            IgnoreIsoVersion = Force,
            AdvertisedAddress = AdvertisedAddress,
            TargetAddress = TargetAddress,
            Credential = Credential(OperationsCredential ?? server.Credential),
            HasOperationsAccount = OperationsCredential is not null,
            GrantPermission = GrantPermission,
            TargetThumbprint = server.Thumbprint,
        };
    }

    // The manifest of a packaged module names the digests of its ISOs; that of a source clone, which makes its own, does not.
    private string? ShippedSha256(string name) =>
        ((MyInvocation.MyCommand.Module?.PrivateData as Hashtable)?["IsoSha256"] as Hashtable)?[name] as string;

    private static (InventorySelector? Store, string Path) SplitStore(InventorySelector? store)
    {
        // Only a name can carry a folder; an object stands for the datastore itself.
        var slash = store?.Type is null ? store?.Name?.IndexOf('/') ?? -1 : -1;
        return slash < 0
            ? (store, "")
            : (InventorySelector.ByName(store!.Name!.Substring(0, slash)), store.Name.Substring(slash + 1).Trim('/'));
    }

    private void ProcessLocation(VchLocation place, string name)
    {
        Location = place.Location;
        Server = place.Server;
        VchName = name;
        ProcessLocation();
    }

    private string NameFor(VchLocation place)
    {
        if (Name.BaseObject is not ScriptBlock script)
        {
            return Name.ToString();
        }

        var made = script.InvokeWithContext(null, [new PSVariable("_", place.Location)]);
        if (made.Count != 1 || made[0]?.ToString() is not { Length: > 0 } name)
        {
            Refuse("NoName", VicErrorKind.InvalidInput, $"The script block of -Name makes {made.Count} names for '{place.Location}'; it must make one.", place.Location);
            return "";
        }

        return name;
    }

    private EndpointNetworkRequest Network(PSObject? network, string parameter, string? address, string? gateway) =>
        new() { Network = Selector(network, parameter), Address = address, Gateway = gateway };

    private InventorySelector? Selector(PSObject? argument, string parameter) => argument is null ? null : ReadInventory(argument, parameter);

    private static EndpointCredential? Credential(PSCredential? credential) =>
        credential is null ? null : new EndpointCredential(credential.UserName, credential.GetNetworkCredential().Password);

    private static long Megabytes(double gigabytes) => (long)Math.Round(gigabytes * 1024);
}
