using System.Collections;
using System.Management.Automation;
using Vic.Engine.Changes;
using Vic.Engine.Documents;
using Vic.Engine.Requests;
using Vic.PowerShell.Commands.Requests;
using Vic.PowerShell.Pipeline;
using Vic.Vim25;

namespace Vic.PowerShell.Commands.Changes;

public sealed partial class SetVchCommand
{
    private VchConfiguration? _configuration;

    /// <summary>Virtual CPUs of the endpoint VM.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(1, 64)]
    public int? EndpointCpu { get; set; }

    /// <summary>Memory of the endpoint VM in gigabytes.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0.25, 1024)]
    public double? EndpointMemoryGB { get; set; }

    /// <summary>The CPU limit of the VCH and its containers in MHz; 0 for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0, long.MaxValue)]
    public long? CpuLimitMhz { get; set; }

    /// <summary>The CPU reservation in MHz; 0 for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0, long.MaxValue)]
    public long? CpuReservationMhz { get; set; }

    /// <summary>The weight of the VCH's CPU among its siblings.</summary>
    [Parameter(ParameterSetName = Settings)]
    public SharesLevel? CpuSharesLevel { get; set; }

    /// <summary>The number of CPU shares, with the level <c>Custom</c>.</summary>
    [Parameter(ParameterSetName = Settings)]
    public int? NumCpuShares { get; set; }

    /// <summary>The memory limit of the VCH and its containers in gigabytes; 0 for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0, 1048576)]
    public double? MemLimitGB { get; set; }

    /// <summary>The memory reservation in gigabytes; 0 for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0, 1048576)]
    public double? MemReservationGB { get; set; }

    /// <summary>The weight of the VCH's memory among its siblings.</summary>
    [Parameter(ParameterSetName = Settings)]
    public SharesLevel? MemSharesLevel { get; set; }

    /// <summary>The number of memory shares, with the level <c>Custom</c>.</summary>
    [Parameter(ParameterSetName = Settings)]
    public int? NumMemShares { get; set; }

    /// <summary>
    /// Keeps the endpoint and its containers in a DRS group with the VCH's name, for affinity rules; <c>-UseVMGroup:$false</c> removes the group.
    /// </summary>
    [Parameter(ParameterSetName = Settings)]
    public SwitchParameter UseVMGroup { get; set; }

    /// <summary>DNS servers of the endpoint; an empty list for those of DHCP.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyCollection]
    public string[]? DnsServer { get; set; }

    /// <summary>The proxy of pulls over HTTP, as http://host:port; an empty text for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyString]
    public string? HttpProxy { get; set; }

    /// <summary>The proxy of pulls over HTTPS, as http://host:port; an empty text for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyString]
    public string? HttpsProxy { get; set; }

    /// <summary>Hosts, domains and networks that are reached without a proxy; an empty list for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyCollection]
    public string[]? NoProxy { get; set; }

    /// <summary>Registries that are asked before Docker Hub; an empty list for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyCollection]
    public string[]? RegistryMirror { get; set; }

    /// <summary>Authorities that vouch for registries, in place of those so far: PEM files, or PEM texts; an empty list for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyCollection]
    public string[]? RegistryCA { get; set; }

    /// <summary>Registries that may be spoken to without TLS, or with a certificate that nobody vouches for; an empty list for none.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyCollection]
    public string[]? InsecureRegistry { get; set; }

    /// <summary>The only registries that images may come from: <c>host[:port]</c>, <c>*.domain</c> or a network; an empty list for all.</summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyCollection]
    public string[]? WhitelistRegistry { get; set; }

    /// <summary>What images and containers may take together, in gigabytes; 0 for no limit.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0, 1L << 30)]
    public long? StorageQuotaGB { get; set; }

    /// <summary>
    /// Places for volumes by label, in place of those so far: <c>@{ default = 'datastore1/volumes' }</c>; an empty table for none. A store that holds volumes
    /// stays.
    /// </summary>
    [Parameter(ParameterSetName = Settings)]
    public Hashtable? VolumeStore { get; set; }

    /// <summary>
    /// Port groups that containers may join besides the bridge, in place of those so far: objects, names, or tables such as
    /// <c>@{ Network = 'backend'; Alias = 'db'; Gateway = '10.10.0.1/24'; IPRange = '10.10.0.10-99'; DnsServer = '10.10.0.2'; Firewall = 'Closed' }</c>;
    /// an empty list for none. One that stays is passed as it is, and one that a container uses stays.
    /// </summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyCollection]
    public PSObject[]? ContainerNetwork { get; set; }

    /// <summary>The account by which the VCH works with vSphere; without <c>-GrantPermission</c> it must have its permissions already.</summary>
    [Parameter(ParameterSetName = Settings)]
    [Alias("OpsCredential")]
    public PSCredential? OperationsCredential { get; set; }

    /// <summary>
    /// Grants the VCH's account what it lacks, and no more, on all that the VCH works with after the change. On vCenter only. A VCH that was granted its
    /// permissions is granted what a new account, store, network or DRS group takes without being told.
    /// </summary>
    [Parameter(ParameterSetName = Settings)]
    public SwitchParameter GrantPermission { get; set; }

    /// <summary>The pattern of new container VMs' names, with {name} or {id}.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateNotNullOrEmpty]
    public string? ContainerNameConvention { get; set; }

    /// <summary>How many containers there may be; 0 for no limit.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0, int.MaxValue)]
    public int? ContainerLimit { get; set; }

    /// <summary>
    /// The server that the endpoint sends its log to: udp://host[:port] or tcp://host[:port], port 514 when none is named; an empty text for none. Nothing on the
    /// way is encrypted.
    /// </summary>
    [Parameter(ParameterSetName = Settings)]
    [AllowEmptyString]
    public string? SyslogAddress { get; set; }

    /// <summary>How much the endpoint logs: 0 what an administrator needs, 1 every request, 2 and 3 the server's own steps as well.</summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateRange(0, 3)]
    public int? DebugLevel { get; set; }

    private VchChangeRequest ReadRequest(VchTarget target) => new()
    {
        EndpointCpus = EndpointCpu,
        EndpointMemoryMB = Megabytes(EndpointMemoryGB),
        CpuLimitMhz = CpuLimitMhz,
        CpuReservationMhz = CpuReservationMhz,
        CpuShares = ShareRequest.Of(CpuSharesLevel, NumCpuShares),
        MemoryLimitMB = Megabytes(MemLimitGB),
        MemoryReservationMB = Megabytes(MemReservationGB),
        MemoryShares = ShareRequest.Of(MemSharesLevel, NumMemShares),
        UseVmGroup = Flag(nameof(UseVMGroup), UseVMGroup),
        DnsServers = DnsServer,
        HttpProxy = Text(nameof(HttpProxy), HttpProxy),
        HttpsProxy = Text(nameof(HttpsProxy), HttpsProxy),
        NoProxy = NoProxy,
        RegistryMirrors = RegistryMirror,
        RegistryAuthorities = RegistryCA?.Select(source => PemArgument.Locate(source, FullPath)).ToList(),
        InsecureRegistries = InsecureRegistry,
        WhitelistRegistries = WhitelistRegistry,
        StorageQuotaGB = StorageQuotaGB,
        VolumeStores = VolumeStore is null ? null : VolumeStoreArgument.Read(VolumeStore, place => ReadInventory(place, nameof(VolumeStore))),
        ContainerNetworks = ContainerNetwork?.Select(ContainerNetworkOf).ToList(),
        Credential = OperationsCredential is null
            ? null
            : new EndpointCredential(OperationsCredential.UserName, OperationsCredential.GetNetworkCredential().Password),
        GrantPermission = GrantPermission,
        ServerThumbprint = target.Server.Thumbprint,
        ContainerNameConvention = ContainerNameConvention,
        ContainerLimit = ContainerLimit,
        SyslogAddress = Text(nameof(SyslogAddress), SyslogAddress),
        DebugLevel = DebugLevel,
        Tls = ReadTls(target),
        Configuration = ReadConfiguration(),
        CertificatePath = Configuration is null ? null : CertificateFolderOf(target, CertificatePath),
        Timeout = Patience,
    };

    // Read once for all VCHs of the pipeline.
    private VchConfiguration? ReadConfiguration() =>
        _configuration ??= Configuration is null ? null : Reading(() => ConfigurationArgument.Read(Configuration, FullPath));

    private ContainerNetworkRequest ContainerNetworkOf(PSObject argument) =>
        Reading(() => ContainerNetworkArgument.Read(argument, network => ReadInventory(network, nameof(ContainerNetwork))));

    // PowerShell binds an empty text for a null one: whether it was passed at all is asked by name.
    private string? Text(string parameter, string? value) => MyInvocation.BoundParameters.ContainsKey(parameter) ? value ?? "" : null;

    private bool? Flag(string parameter, SwitchParameter value) => MyInvocation.BoundParameters.ContainsKey(parameter) ? value.IsPresent : null;

    private static long? Megabytes(double? gigabytes) => gigabytes is { } number ? (long)Math.Round(number * 1024) : null;
}
