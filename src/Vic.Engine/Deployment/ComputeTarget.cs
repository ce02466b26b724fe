using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Where the VCH's virtual machines run.</summary>
/// <param name="Resource">The cluster, or the compute resource of one host.</param>
/// <param name="ParentPool">The pool in which the VCH's own is made, or which it uses.</param>
/// <param name="Hosts">The hosts.</param>
/// <param name="HasPools">False in a cluster without DRS, which has no pools of its own.</param>
internal sealed record ComputeTarget(
    InventoryEntity Resource, ManagedObjectReference ParentPool, IReadOnlyList<InventoryEntity> Hosts, bool HasPools)
{
    /// <summary>The host to create machines on; null where vSphere chooses: on a single host, and in a cluster with DRS.</summary>
    public InventoryEntity? Host { get; init; }
}
