using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>SearchIndex: virtual machines, or hosts where a search asks for them, by what is known of them; entities by their place.</summary>
internal sealed class SearchOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<FindByUuidRequest, ServiceObject>((call, _, request) => First(call, request.Datacenter, request.VmSearch, entity
            => HasUuid(entity, request.Uuid, request.InstanceUuid ?? false)));
        table.Add<FindAllByUuidRequest, ServiceObject>((call, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return All(call, request.Datacenter, request.VmSearch, entity => HasUuid(entity, request.Uuid, request.InstanceUuid ?? false))
                    .Select(entity => entity.Reference)
                    .ToList();
            }
        });
        table.Add<FindByIpRequest, ServiceObject>((call, _, request) => First(call, request.Datacenter, request.VmSearch, entity => HasAddress(entity, request.Ip)));
        table.Add<FindByDnsNameRequest, ServiceObject>((call, _, request) => First(call, request.Datacenter, request.VmSearch, entity
            => string.Equals((entity as VirtualMachineEntity)?.Guest.HostName ?? (entity as HostEntity)?.Name, request.DnsName, StringComparison.OrdinalIgnoreCase)));
        table.Add<FindByDatastorePathRequest, ServiceObject>((call, _, request) =>
        {
            if (!DatastorePath.TryParse(request.Path, out var path))
            {
                throw Faults.InvalidDatastorePath(request.Path);
            }

            return First(call, request.Datacenter, true, entity => ((VirtualMachineEntity)entity).Config.Files.VmPathName == path.ToString());
        });
        table.Add<FindChildRequest, ServiceObject>((call, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return Child(call, world.Get<Entity>(request.Entity), request.Name)?.Reference;
            }
        });
        table.Add<FindByInventoryPathRequest, ServiceObject>((call, _, request) => FindByPath(call, request.InventoryPath));
    }

    private ManagedObjectReference? FindByPath(OperationCall call, string path)
    {
        lock (world.Store.Gate)
        {
            Entity? current = world.Get<Entity>(world.Content.RootFolder);
            foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                current = current is null ? null : Child(call, current, name);
            }

            return current?.Reference;
        }
    }

    private Entity? Child(OperationCall call, Entity parent, string name)
        => EntityChildren.Of(parent, world.Store).FirstOrDefault(child => OperationText.IsSameName(child.Name, name) && IsSeen(call, child));

    private ManagedObjectReference? First(OperationCall call, ManagedObjectReference? datacenter, bool machines, Func<Entity, bool> matches)
    {
        lock (world.Store.Gate)
        {
            return All(call, datacenter, machines, matches).FirstOrDefault()?.Reference;
        }
    }

    private IEnumerable<Entity> All(OperationCall call, ManagedObjectReference? datacenter, bool machines, Func<Entity, bool> matches)
    {
        if (datacenter is { } known)
        {
            world.Get<DatacenterEntity>(known);
        }

        IEnumerable<Entity> all = machines ? world.Store.OfType<VirtualMachineEntity>() : world.Store.OfType<HostEntity>();
        return all.Where(entity => matches(entity) && IsSeen(call, entity));
    }

    private bool IsSeen(OperationCall call, Entity entity) => world.Access.Has(call.Session.Account, entity, Privileges.View);

    private static bool HasUuid(Entity entity, string uuid, bool instance)
    {
        var own = entity switch
        {
            VirtualMachineEntity machine => instance ? machine.Config.InstanceUuid : machine.Config.Uuid,
            HostEntity host => host.Hardware.Uuid,
            _ => null,
        };
        return string.Equals(own, uuid, StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasAddress(Entity entity, string address) => entity switch
    {
        VirtualMachineEntity machine => machine.Guest.IpAddress == address
            || (machine.Guest.Net ?? []).Exists(card => card.IpAddress?.Contains(address) == true),
        HostEntity host => (host.Read<HostConfigInfo>("config")?.Network?.Vnic ?? []).Exists(adapter => adapter.Spec.Ip?.IpAddress == address),
        _ => false,
    };
}
