using System.Collections;
using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Documents;
using Vic.Engine.Requests;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Loading;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>What New-VCH and Test-VCH take: everything that describes a VCH.</summary>
public abstract partial class VchRequestCmdlet : VchOptionCmdlet
{
    private const string DefaultName = "virtual-container-host";
    private const string DatastoreScheme = "ds://";

    private readonly List<VchLocation> _piped = [];
    private VchConfiguration? _configuration;

    /// <summary>
    /// The name of the VCH, its pool, its folder and its endpoint VM; <c>virtual-container-host</c> without it. For several locations through the pipeline a script block that makes the name of each:
    /// <c>{ "vch-$($_.Name)" }</c>.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public PSObject? Name { get; set; }

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

    /// <summary>The size of a container's file system in gigabytes; 8 without it.</summary>
    [Parameter]
    [ValidateRange(1, 16384)]
    public int? BaseImageSizeGB { get; set; }

    /// <summary>Groups the VCH in a vApp in place of a resource pool.</summary>
    [Parameter]
    public SwitchParameter AsVApp { get; set; }

    /// <summary>Serves the Docker API in the clear.</summary>
    [Parameter]
    public SwitchParameter NoTls { get; set; }

    /// <summary>
    /// What the VCH is to be: a file, a text or an object of <c>Export-VCHConfiguration</c>. Parameters win over what it says.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public PSObject? Configuration { get; set; }

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
        if (NoTls && NoTlsVerify)
        {
            Refuse("InvalidArgument", VicErrorKind.InvalidInput, "-NoTls serves in the clear and -NoTlsVerify with TLS; pass one of them.");
        }

        var start = Start(VchName);
        var request = ApplyNetworks(ApplyOptions(Reading(() => ReadConfiguration()?.ApplyTo(start) ?? start) with { Name = VchName }));
        var store = Selector(Datastore, nameof(Datastore));
        var (image, path) = store is null ? (request.ImageStore, request.ImageStorePath) : SplitStore(store);
        return request with
        {
            Location = Selector(Location, nameof(Location)) ?? request.Location,
            Datacenter = Selector(Datacenter, nameof(Datacenter)) ?? request.Datacenter,
            ImageStore = image,
            ImageStorePath = path,
            BaseImageSizeGB = BaseImageSizeGB ?? request.BaseImageSizeGB,
            AsVApp = IsGiven(nameof(AsVApp)) ? AsVApp : request.AsVApp,
            Tls = NoTls ? new TlsRequest { Mode = TlsMode.None, CertificatePath = request.Tls.CertificatePath } : request.Tls,
            OpsUserName = OperationsCredential is null ? request.OpsUserName : null,
            IgnoreIsoVersion = Force,
            Credential = Credential(OperationsCredential ?? server.Credential),
            HasOperationsAccount = OperationsCredential is not null,
            GrantPermission = IsGiven(nameof(GrantPermission)) ? GrantPermission : request.GrantPermission,
            TargetThumbprint = server.Thumbprint,
        };
    }

    private VchRequest Start(string name) => new()
    {
        Name = name,
        Tls = new TlsRequest { CertificatePath = FullPath(name) },
        ApplianceIso = ApplianceIso is null ? IsoLocation.Find("appliance.iso") : FullPath(ApplianceIso),
        BootstrapIso = BootstrapIso is null ? IsoLocation.Find("bootstrap.iso") : FullPath(BootstrapIso),
        ApplianceIsoSha256 = ApplianceIso is null ? ShippedSha256("appliance.iso") : null,
        BootstrapIsoSha256 = BootstrapIso is null ? ShippedSha256("bootstrap.iso") : null,
    };

    // The manifest of a packaged module names the digests of its ISOs; that of a source clone, which makes its own, does not.
    private string? ShippedSha256(string name) =>
        ((MyInvocation.MyCommand.Module?.PrivateData as Hashtable)?["IsoSha256"] as Hashtable)?[name] as string;

    private string? ConfiguredName() => ReadConfiguration()?.Values.FirstOrDefault(pair => pair.Key == nameof(Name)).Value as string;

    private VchConfiguration? ReadConfiguration() =>
        _configuration ??= Configuration is null ? null : Reading(() => ConfigurationArgument.Read(Configuration, FullPath));

    private void ProcessLocation(VchLocation place, string name)
    {
        Location = place.Location;
        Server = place.Server;
        VchName = name;
        ProcessLocation();
    }

    private string NameFor(VchLocation place)
    {
        if (Name?.BaseObject is not ScriptBlock script)
        {
            return Name?.ToString() ?? ConfiguredName() ?? DefaultName;
        }

        var made = script.InvokeWithContext(null, [new PSVariable("_", place.Location)]);
        if (made.Count != 1 || made[0]?.ToString() is not { Length: > 0 } name)
        {
            Refuse("NoName", VicErrorKind.InvalidInput, $"The script block of -Name makes {made.Count} names for '{place.Location}'; it must make one.", place.Location);
            return "";
        }

        return name;
    }

    private static (InventorySelector? Store, string Path) SplitStore(InventorySelector store)
    {
        // Only a name can carry a folder; an object stands for the datastore itself.
        if (store.Type is not null)
        {
            return (store, "");
        }

        var place = store.Name!.StartsWith(DatastoreScheme, StringComparison.OrdinalIgnoreCase) ? store.Name.Substring(DatastoreScheme.Length) : store.Name;
        var slash = place.IndexOf('/');
        return slash < 0
            ? (InventorySelector.ByName(place), "")
            : (InventorySelector.ByName(place.Substring(0, slash)), place.Substring(slash + 1).Trim('/'));
    }

    private InventorySelector? Selector(PSObject? argument, string parameter) => argument is null ? null : ReadInventory(argument, parameter);

    private static EndpointCredential? Credential(PSCredential? credential) =>
        credential is null ? null : new EndpointCredential(credential.UserName, credential.GetNetworkCredential().Password);
}
