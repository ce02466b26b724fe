using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>The state of an endpoint VM before a change: a snapshot, named as vic-machine names them (vmware/vic, lib/install/management/configure.go).</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Name">Its name: the kind of the change, and the version that it led to.</param>
/// <param name="Description">Tells which change took it.</param>
/// <param name="Created">When it was taken.</param>
/// <param name="IsCurrent">Whether it is the state before the last change.</param>
internal sealed record RollbackPoint(ManagedObjectReference Snapshot, string Name, string Description, DateTime Created, bool IsCurrent)
{
    /// <summary>Begins the names of those that Set-VCH takes.</summary>
    public const string Reconfiguration = "reconfigure for ";

    /// <summary>Begins the names of those that Update-VCH takes.</summary>
    public const string Upgrade = "upgrade for ";

    /// <summary>Begins the names of those that Restore-VCH takes, for the time of its work.</summary>
    public const string Return = "restore from ";

    /// <summary>All points of a machine, parents before their children; snapshots that others have taken are none.</summary>
    public static IReadOnlyList<RollbackPoint> Of(VirtualMachineSnapshotInfo? snapshots)
    {
        var points = new List<RollbackPoint>();
        Collect(snapshots?.RootSnapshotList, snapshots?.CurrentSnapshot, points);
        return points;
    }

    /// <summary>The description of the snapshot that a change takes.</summary>
    public static string DescriptionFor(UpdateOwner owner) => $"The state before {owner}; change {owner.Id}";

    /// <summary>Whether a change has taken it.</summary>
    public bool IsOf(UpdateOwner owner) => owner.Id.Length > 0 && Description.IndexOf(owner.Id, StringComparison.Ordinal) >= 0;

    /// <summary>Whether it is of a kind.</summary>
    public bool IsOfKind(string kind) => Name.StartsWith(kind, StringComparison.Ordinal);

    private static void Collect(
        IReadOnlyList<VirtualMachineSnapshotTree>? trees, ManagedObjectReference? current, List<RollbackPoint> points)
    {
        foreach (var tree in trees ?? [])
        {
            var point = new RollbackPoint(tree.Snapshot, tree.Name, tree.Description, tree.CreateTime, tree.Snapshot == current);
            if (new[] { Reconfiguration, Upgrade, Return }.Any(point.IsOfKind))
            {
                points.Add(point);
            }

            Collect(tree.ChildSnapshotList, current, points);
        }
    }
}
