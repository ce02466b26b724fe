using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>The part of vSphere that a VCH's containers live in.</summary>
public sealed record VSpherePlatform
{
    /// <summary>The session.</summary>
    public required VimClient Client { get; init; }

    /// <summary>The datacenter's inventory path.</summary>
    public required string DatacenterPath { get; init; }

    /// <summary>The datacenter.</summary>
    public required ManagedObjectReference Datacenter { get; init; }

    /// <summary>The folder that container VMs are created in.</summary>
    public required ManagedObjectReference Folder { get; init; }

    /// <summary>The resource pool that container VMs run in.</summary>
    public required ManagedObjectReference ResourcePool { get; init; }

    /// <summary>The datastore of container VMs.</summary>
    public required string Datastore { get; init; }

    /// <summary>The ISO that container VMs boot, <c>[datastore] path</c>.</summary>
    public required string BootstrapIso { get; init; }

    /// <summary>What the bridge network's cards are plugged into.</summary>
    public required VirtualDeviceBackingInfo BridgeBacking { get; init; }

    /// <summary>The capacity of an image's disk in KB.</summary>
    public required long DiskCapacity { get; init; }

    /// <summary>How VMs are named: <c>{name}</c> and <c>{id}</c> are replaced.</summary>
    public required string NameConvention { get; init; }

    /// <summary>The DRS group that container VMs join; empty = none.</summary>
    public string MachineGroup { get; init; } = "";

    /// <summary>How sessions reach the endpoint.</summary>
    public required SessionRoutes Sessions { get; init; }

    /// <summary>The endpoint VM.</summary>
    public required ManagedObjectReference Endpoint { get; init; }
}
