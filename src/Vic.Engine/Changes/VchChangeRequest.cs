using Vic.Engine.Documents;
using Vic.Engine.Requests;

namespace Vic.Engine.Changes;

/// <summary>What the user wants changed about a VCH. What is null stays as it is; nothing in it is checked yet.</summary>
public sealed record VchChangeRequest
{
    /// <summary>The pool's CPU limit in MHz; 0 for none.</summary>
    public long? CpuLimitMhz { get; init; }

    /// <summary>The pool's CPU reservation in MHz; 0 for none.</summary>
    public long? CpuReservationMhz { get; init; }

    /// <summary>The pool's share of CPU time.</summary>
    public ShareRequest? CpuShares { get; init; }

    /// <summary>The pool's memory limit in megabytes; 0 for none.</summary>
    public long? MemoryLimitMB { get; init; }

    /// <summary>The pool's memory reservation in megabytes; 0 for none.</summary>
    public long? MemoryReservationMB { get; init; }

    /// <summary>The pool's share of memory.</summary>
    public ShareRequest? MemoryShares { get; init; }

    /// <summary>Virtual CPUs of the endpoint VM.</summary>
    public int? EndpointCpus { get; init; }

    /// <summary>Memory of the endpoint VM in megabytes.</summary>
    public long? EndpointMemoryMB { get; init; }

    /// <summary>DNS servers of the endpoint; empty for those of DHCP.</summary>
    public IReadOnlyList<string>? DnsServers { get; init; }

    /// <summary>The proxy of pulls over HTTP, as a URL; empty for none.</summary>
    public string? HttpProxy { get; init; }

    /// <summary>The proxy of pulls over HTTPS, as a URL; empty for none.</summary>
    public string? HttpsProxy { get; init; }

    /// <summary>Hosts, domains and networks that are reached without a proxy; empty for none.</summary>
    public IReadOnlyList<string>? NoProxy { get; init; }

    /// <summary>Registries that are asked before Docker Hub; empty for none.</summary>
    public IReadOnlyList<string>? RegistryMirrors { get; init; }

    /// <summary>Authorities that vouch for registries, as PEM files or PEM texts; empty for none.</summary>
    public IReadOnlyList<string>? RegistryAuthorities { get; init; }

    /// <summary>Registries that may be spoken to without TLS, or with a certificate that nobody vouches for; empty for none.</summary>
    public IReadOnlyList<string>? InsecureRegistries { get; init; }

    /// <summary>The only registries that images may come from; empty for all.</summary>
    public IReadOnlyList<string>? WhitelistRegistries { get; init; }

    /// <summary>What images and containers may take together, in gigabytes; 0 for no limit.</summary>
    public long? StorageQuotaGB { get; init; }

    /// <summary>The places for volumes, all of them; empty for none.</summary>
    public IReadOnlyList<VolumeStoreRequest>? VolumeStores { get; init; }

    /// <summary>The port groups that containers may join besides the bridge, all of them; empty for none.</summary>
    public IReadOnlyList<ContainerNetworkRequest>? ContainerNetworks { get; init; }

    /// <summary>The account by which the endpoint works with vSphere.</summary>
    public EndpointCredential? Credential { get; init; }

    /// <summary>Grants that account what it lacks, on everything that the VCH works with.</summary>
    public bool GrantPermission { get; init; }

    /// <summary>How the vSphere server is known when that account is tried; null when an authority vouches for it.</summary>
    public string? ServerThumbprint { get; init; }

    /// <summary>The pattern of container VMs' names, with <c>{name}</c> or <c>{id}</c>.</summary>
    public string? ContainerNameConvention { get; init; }

    /// <summary>How many containers there may be; 0 for no limit.</summary>
    public int? ContainerLimit { get; init; }

    /// <summary>Whether the endpoint and its containers are in a DRS group with the VCH's name.</summary>
    public bool? UseVmGroup { get; init; }

    /// <summary>The server that the endpoint sends its log to, <c>udp://host[:port]</c> or <c>tcp://host[:port]</c>; empty for none.</summary>
    public string? SyslogAddress { get; init; }

    /// <summary>How much the endpoint logs: 0 little, 1 and more everything.</summary>
    public int? DebugLevel { get; init; }

    /// <summary>The certificates; null when they stay.</summary>
    public TlsChangeRequest? Tls { get; init; }

    /// <summary>
    /// What the VCH is to be; null when that is said by the other properties alone, which win over it. What a configuration leaves out gets its usual
    /// value, but for what a VCH keeps for life, its account, and the names, keys and authorities of its certificates: those stay.
    /// </summary>
    public VchConfiguration? Configuration { get; init; }

    /// <summary>The folder of the VCH's certificates, for a configuration that asks for another server certificate; <c>./name</c> without it.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>How long the endpoint may take to serve again, when it is restarted.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(3);
}
