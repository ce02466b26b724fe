using Vic.Configuration;
using Vic.Engine.Images;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;
using Vic.Engine.Validation;

namespace Vic.Engine.Deployment;

/// <summary>A request after every check: each name resolved to an object, each text to a value.</summary>
internal sealed record VchPlan
{
    public required VchRequest Request { get; init; }

    /// <summary>What everything was looked up in.</summary>
    public required InventorySnapshot Inventory { get; init; }

    public required InventoryEntity Datacenter { get; init; }

    /// <summary>The datacenter's path from the root, for datastore addresses.</summary>
    public required string DatacenterPath { get; init; }

    public required ComputeTarget Compute { get; init; }

    public required InventoryEntity ImageStore { get; init; }

    public required BridgeNetwork Bridge { get; init; }

    public required BridgeRange BridgeRange { get; init; }

    /// <summary>Port groups that containers may join besides the bridge.</summary>
    public required IReadOnlyList<MappedNetwork> ContainerNetworks { get; init; }

    /// <summary>Volume stores by label, with the datastores of those that are on one.</summary>
    public required IReadOnlyDictionary<string, (GuestUrl Url, InventoryEntity? Datastore)> VolumeStores { get; init; }

    /// <summary>Public, client and management, in this order.</summary>
    public required IReadOnlyList<EndpointRole> Roles { get; init; }

    public required IReadOnlyList<GuestAddress> DnsServers { get; init; }

    public required TlsPlan Tls { get; init; }

    public required string RegistryAuthorities { get; init; }

    public required IsoImage ApplianceIso { get; init; }

    public required IsoImage BootstrapIso { get; init; }

    public required HostPort? Advertised { get; init; }

    public required Uri Target { get; init; }

    public required TargetTrust TargetTrust { get; init; }

    /// <summary>Where the endpoint sends its log; null when it keeps it to itself.</summary>
    public required SyslogConfiguration? Syslog { get; init; }

    public required EndpointCredential Credential { get; init; }
}
