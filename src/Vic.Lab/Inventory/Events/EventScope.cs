using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Fills in which entities an event is about, and finds what is above them. Used under the store's lock.</summary>
internal sealed class EventScope(InventoryStore store)
{
    /// <summary>Names an entity in an event, and its host, compute resource and datacenter.</summary>
    public void Describe(Event occurred, Entity subject)
    {
        Name(occurred, subject);
        if (subject is VirtualMachineEntity { Host: { } reference } && store.Find<HostEntity>(reference) is { } host)
        {
            Name(occurred, host);
        }

        foreach (var above in Above(subject))
        {
            if (above is ComputeResourceEntity or DatacenterEntity)
            {
                Name(occurred, above);
            }
        }
    }

    public EventRecord Record(Event occurred)
    {
        var subjects = Subjects(occurred).Distinct().ToList();
        var above = subjects
            .Select(store.Find<Entity>)
            .OfType<Entity>()
            .SelectMany(Above)
            .Select(entity => entity.Reference)
            .Distinct()
            .ToList();
        return new EventRecord(occurred, subjects, above);
    }

    private IEnumerable<Entity> Above(Entity entity)
    {
        IEnumerable<ManagedObjectReference?> parents = entity is VirtualMachineEntity machine ? [machine.Parent, machine.Pool] : [entity.Parent];
        foreach (var parent in parents.OfType<ManagedObjectReference>().Select(store.Find<Entity>).OfType<Entity>())
        {
            yield return parent;
            foreach (var higher in Above(parent))
            {
                yield return higher;
            }
        }
    }

    private static void Name(Event occurred, Entity entity)
    {
        switch (entity)
        {
            case VirtualMachineEntity:
                occurred.Vm ??= new VmEventArgument { Name = entity.Name, Vm = entity.Reference };
                break;
            case HostEntity:
                occurred.Host ??= new HostEventArgument { Name = entity.Name, Host = entity.Reference };
                break;
            case ComputeResourceEntity:
                occurred.ComputeResource ??= new ComputeResourceEventArgument { Name = entity.Name, ComputeResource = entity.Reference };
                break;
            case DatacenterEntity:
                occurred.Datacenter ??= new DatacenterEventArgument { Name = entity.Name, Datacenter = entity.Reference };
                break;
            case DatastoreEntity:
                occurred.Ds ??= new DatastoreEventArgument { Name = entity.Name, Datastore = entity.Reference };
                break;
            case NetworkEntity:
                occurred.Net ??= new NetworkEventArgument { Name = entity.Name, Network = entity.Reference };
                break;
            case SwitchEntity:
                occurred.Dvs ??= new DvsEventArgument { Name = entity.Name, Dvs = entity.Reference };
                break;
        }
    }

    private static IEnumerable<ManagedObjectReference> Subjects(Event occurred)
    {
        ManagedObjectReference?[] named =
        [
            occurred.Vm?.Vm,
            occurred.Host?.Host,
            occurred.ComputeResource?.ComputeResource,
            occurred.Datacenter?.Datacenter,
            occurred.Ds?.Datastore,
            occurred.Net?.Network,
            occurred.Dvs?.Dvs,
            (occurred as TaskEvent)?.Info.Entity,
            (occurred as PermissionEvent)?.Entity?.Entity,
            (occurred as CustomFieldValueChangedEvent)?.Entity?.Entity,
            (occurred as GeneralUserEvent)?.Entity?.Entity,
            (occurred as ResourcePoolEvent)?.ResourcePool?.ResourcePool,
        ];
        return named.OfType<ManagedObjectReference>();
    }
}
