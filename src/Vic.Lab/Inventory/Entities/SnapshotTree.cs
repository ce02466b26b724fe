using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>The snapshots of a machine, and the one that its disks grow from; used under the store's lock.</summary>
internal sealed class SnapshotTree(VirtualMachineEntity machine)
{
    private readonly List<SnapshotObject> roots = [];
    private int lastId;

    /// <summary>The snapshot that the machine was last at.</summary>
    public SnapshotObject? Current { get; private set; }

    /// <summary>All snapshots, parents before their children.</summary>
    public IEnumerable<SnapshotObject> All => roots.SelectMany(Below);

    public int NextId() => ++lastId;

    /// <summary>How many snapshots come before another one that is taken now.</summary>
    public int Depth
    {
        get
        {
            var depth = 0;
            for (var snapshot = Current; snapshot is not null; snapshot = snapshot.Parent)
            {
                depth++;
            }

            return depth;
        }
    }

    /// <summary>Adds a snapshot below another one, or as a root.</summary>
    public void Add(SnapshotObject snapshot, SnapshotObject? parent)
    {
        snapshot.Parent = parent;
        (parent?.Children ?? roots).Add(snapshot);
        lastId = Math.Max(lastId, snapshot.Id);
    }

    /// <summary>Makes a snapshot the one that the machine is at, and shows the tree.</summary>
    public void MoveTo(SnapshotObject? snapshot)
    {
        Current = snapshot;
        Publish();
    }

    /// <summary>Removes a snapshot; its children come to its parent.</summary>
    public void Remove(SnapshotObject snapshot)
    {
        var siblings = snapshot.Parent?.Children ?? roots;
        siblings.Remove(snapshot);
        foreach (var child in snapshot.Children)
        {
            child.Parent = snapshot.Parent;
            siblings.Add(child);
        }

        snapshot.Children.Clear();
        if (Current == snapshot)
        {
            Current = snapshot.Parent;
        }

        Publish();
    }

    /// <summary>A snapshot and all below it, parents before their children.</summary>
    public static IEnumerable<SnapshotObject> Below(SnapshotObject snapshot) => snapshot.Children.SelectMany(Below).Prepend(snapshot);

    /// <summary>Shows the tree in the properties of the machine and of the snapshots.</summary>
    public void Publish()
    {
        machine.Write("snapshot", roots.Count == 0
            ? null
            : new VirtualMachineSnapshotInfo { CurrentSnapshot = Current?.Reference, RootSnapshotList = [.. roots.Select(Describe)] });
        machine.Write("rootSnapshot", References(roots));
        foreach (var snapshot in All)
        {
            snapshot.Write("childSnapshot", References(snapshot.Children));
        }
    }

    private VirtualMachineSnapshotTree Describe(SnapshotObject snapshot) => new()
    {
        Snapshot = snapshot.Reference,
        Vm = machine.Reference,
        Name = snapshot.Name,
        Description = snapshot.Description,
        Id = snapshot.Id,
        CreateTime = snapshot.CreateTime,
        State = snapshot.State,
        Quiesced = false,
        ReplaySupported = false,
        ChildSnapshotList = snapshot.Children.Count == 0 ? null : [.. snapshot.Children.Select(Describe)],
    };

    private static List<ManagedObjectReference>? References(List<SnapshotObject> snapshots)
        => snapshots.Count == 0 ? null : [.. snapshots.Select(snapshot => snapshot.Reference)];
}
