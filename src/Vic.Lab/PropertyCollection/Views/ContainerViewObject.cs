using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.PropertyCollection.Views;

/// <summary>
/// A container view: the entities of some types below an entity, kept current as entities come, go and move. Its list is made when it is first
/// read and then amended, so that one more virtual machine does not cost a walk through all of them.
/// </summary>
internal sealed class ContainerViewObject : ManagedObject, IInventoryObserver, IDisposable
{
    private readonly InventoryStore store;
    private readonly Entity container;
    private readonly IReadOnlyList<string> types;
    private readonly bool recursive;
    private HashSet<ManagedObjectReference>? members;
    private List<ManagedObjectReference>? list;

    public ContainerViewObject(
        ManagedObjectReference reference, InventoryStore store, Entity container, IReadOnlyList<string> types, bool recursive)
        : base(reference)
    {
        this.store = store;
        this.container = container;
        this.types = types;
        this.recursive = recursive;
        Write("container", container.Reference);
        Write("type", types.ToList());
        Write("recursive", recursive);
        Write("view", null);
        store.AddObserver(this);
    }

    public override object? Read(string name) => name == "view" ? View() : base.Read(name);

    public void Added(ManagedObject managedObject)
    {
        if (members is not null && managedObject is Entity entity && Matches(entity) && IsBelow(entity) && members.Add(entity.Reference))
        {
            ChangeView(new ReferenceDelta([entity.Reference], []));
        }
    }

    public void Removed(ManagedObject managedObject)
    {
        if (members is not null && members.Remove(managedObject.Reference))
        {
            ChangeView(new ReferenceDelta([], [managedObject.Reference]));
        }
    }

    public void Moved(ManagedObject managedObject)
    {
        if (members is not { } before)
        {
            return;
        }

        members = null;
        list = null;
        Announce(new ValueChange("view", before.ToList(), View()));
    }

    public void Dispose()
    {
        lock (store.Gate)
        {
            store.RemoveObserver(this);
        }
    }

    private void ChangeView(ReferenceDelta delta)
    {
        list = null;
        Announce(new ValueChange("view", delta));
    }

    private List<ManagedObjectReference> View()
    {
        members ??= [.. Descendants().Where(Matches).Select(entity => entity.Reference)];
        return list ??= [.. members];
    }

    private bool Matches(Entity entity)
        => types.Count == 0 || types.Any(type => TypeHierarchy.Is(entity.Reference.Type, type));

    private bool IsBelow(Entity entity)
    {
        if (!recursive)
        {
            return EntityChildren.Of(container, store).Contains(entity);
        }

        // A port group's parent is a folder, its switch only lists it.
        return container is SwitchEntity ? Descendants().Contains(entity) : Above(entity).Contains(container.Reference);
    }

    // Going up costs a few steps; going down costs one for every virtual machine.
    private IEnumerable<ManagedObjectReference> Above(Entity entity)
    {
        IEnumerable<ManagedObjectReference?> owners = entity is VirtualMachineEntity machine ? [machine.Parent, machine.Pool, machine.Host] : [entity.Parent];
        foreach (var owner in owners.OfType<ManagedObjectReference>())
        {
            yield return owner;
            if (store.Find<Entity>(owner) is { } next)
            {
                foreach (var above in Above(next))
                {
                    yield return above;
                }
            }
        }
    }

    private IEnumerable<Entity> Descendants()
    {
        var seen = new HashSet<Entity>();
        var open = new Queue<Entity>();
        open.Enqueue(container);
        while (open.TryDequeue(out var current))
        {
            foreach (var child in EntityChildren.Of(current, store))
            {
                if (!seen.Add(child))
                {
                    continue;
                }

                yield return child;
                if (recursive)
                {
                    open.Enqueue(child);
                }
            }
        }
    }
}
