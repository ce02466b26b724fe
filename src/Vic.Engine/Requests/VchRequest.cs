using Vic.Engine.Validation;

namespace Vic.Engine.Requests;

/// <summary>What the user wants of a new virtual container host. Nothing in it is checked yet.</summary>
public sealed record VchRequest
{
    /// <summary>The VCH's name: of its pool, its folder and its endpoint VM.</summary>
    public required string Name { get; init; }

    /// <summary>The cluster, host or resource pool to create it in; null takes the only one there is.</summary>
    public InventorySelector? Location { get; init; }

    /// <summary>The datacenter; null takes the only one there is.</summary>
    public InventorySelector? Datacenter { get; init; }

    /// <summary>The datastore for images, containers and the endpoint; null takes the only one there is.</summary>
    public InventorySelector? ImageStore { get; init; }

    /// <summary>The folder in the image store below which images go; empty takes the endpoint VM's own folder.</summary>
    public string ImageStorePath { get; init; } = "";

    /// <summary>The size of a container's file system in gigabytes.</summary>
    public int BaseImageSizeGB { get; init; } = 8;

    /// <summary>Creates a vApp in place of a resource pool.</summary>
    public bool AsVApp { get; init; }

    /// <summary>The port group that containers share; null takes one with the VCH's name, which is created on ESXi.</summary>
    public InventorySelector? BridgeNetwork { get; init; }

    /// <summary>The range that container networks are carved from, as CIDR.</summary>
    public string BridgeNetworkRange { get; init; } = BridgeRange.Default;

    /// <summary>The prefix length of one container network.</summary>
    public int BridgeNetworkWidth { get; init; } = 16;

    /// <summary>The network towards the internet, where published ports appear.</summary>
    public EndpointNetworkRequest Public { get; init; } = new();

    /// <summary>The network of the Docker API; without a name it is the public one.</summary>
    public EndpointNetworkRequest Client { get; init; } = new();

    /// <summary>The network towards vSphere; without a name it is the client's.</summary>
    public EndpointNetworkRequest Management { get; init; } = new();

    /// <summary>DNS servers of the endpoint.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>Takes packets that come in by another network than the one that leads back to their sender.</summary>
    public bool AsymmetricRoutes { get; init; }

    /// <summary>How container VMs are named, counted and connected.</summary>
    public ContainerRequest Containers { get; init; } = new();

    /// <summary>The storage quota, and places for volumes.</summary>
    public StorageRequest Storage { get; init; } = new();

    /// <summary>Size of the endpoint VM and limits of the pool.</summary>
    public ComputeRequest Compute { get; init; } = new();

    /// <summary>How the Docker API is protected.</summary>
    public required TlsRequest Tls { get; init; }

    /// <summary>Where images come from.</summary>
    public RegistryRequest Registries { get; init; } = new();

    /// <summary>How registries are reached.</summary>
    public ProxyRequest Proxies { get; init; } = new();

    /// <summary>The server that the endpoint sends its log to, <c>udp://host[:port]</c> or <c>tcp://host[:port]</c>; null or empty for none.</summary>
    public string? SyslogAddress { get; init; }

    /// <summary>How much the endpoint logs: 0 for the usual, 1 and more for details.</summary>
    public int DebugLevel { get; init; }

    /// <summary>The ISO that the endpoint VM boots.</summary>
    public required string ApplianceIso { get; init; }

    /// <summary>The ISO that container VMs boot.</summary>
    public required string BootstrapIso { get; init; }

    /// <summary>The SHA-256 that <see cref="ApplianceIso"/> must have, in hexadecimal; null when nobody has said.</summary>
    public string? ApplianceIsoSha256 { get; init; }

    /// <summary>The SHA-256 that <see cref="BootstrapIso"/> must have, in hexadecimal; null when nobody has said.</summary>
    public string? BootstrapIsoSha256 { get; init; }

    /// <summary>Takes ISOs of another release as they are.</summary>
    public bool IgnoreIsoVersion { get; init; }

    /// <summary>How clients reach the Docker API, <c>host</c> or <c>host:port</c>; null takes the endpoint's own address.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>How the endpoint reaches vSphere, <c>host</c> or <c>host:port</c>; null takes the address that we use.</summary>
    public string? TargetAddress { get; init; }

    /// <summary>The account by which the endpoint works with vSphere.</summary>
    public EndpointCredential? Credential { get; init; }

    /// <summary>The account that a configuration asks for; null when any will do.</summary>
    public string? OpsUserName { get; init; }

    /// <summary>Whether that account is another than the one that creates the VCH.</summary>
    public bool HasOperationsAccount { get; init; }

    /// <summary>Grants that account what an endpoint needs, on everything that the VCH works with.</summary>
    public bool GrantPermission { get; init; }

    /// <summary>
    /// How the endpoint knows the vSphere server: its SHA-1 or SHA-256 thumbprint; null when an authority vouches for it, which the endpoint is told then.
    /// </summary>
    public string? TargetThumbprint { get; init; }

    /// <summary>Ends with the power-on of the endpoint VM: whether the Docker API ever answers is not looked at.</summary>
    public bool SkipReadiness { get; init; }

    /// <summary>How long to wait for the Docker API after power-on.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(3);
}
