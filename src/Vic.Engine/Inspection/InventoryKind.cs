namespace Vic.Engine.Inspection;

/// <summary>What a user may be asked to choose from an inventory.</summary>
public enum InventoryKind
{
    /// <summary>Where a VCH may go: clusters, hosts, resource pools and vApps.</summary>
    Location,

    /// <summary>Clusters and hosts.</summary>
    ComputeResource,

    /// <summary>Datacenters.</summary>
    Datacenter,

    /// <summary>Datastores.</summary>
    Datastore,

    /// <summary>Port groups and other networks that a machine can be connected to.</summary>
    Network,
}
