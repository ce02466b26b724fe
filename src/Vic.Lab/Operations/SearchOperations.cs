using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>SearchIndex.</summary>
internal sealed class SearchOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<FindByUuidRequest, ServiceObject>((_, _, request)
            => First(machine => HasUuid(machine, request.Uuid, request.InstanceUuid ?? false), request.VmSearch));
        table.Add<FindAllByUuidRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return world.Store.OfType<VirtualMachineEntity>()
                    .Where(machine => request.VmSearch && HasUuid(machine, request.Uuid, request.InstanceUuid ?? false))
                    .Select(machine => machine.Reference)
                    .ToList();
            }
        });
        table.Add<FindByIpRequest, ServiceObject>((_, _, request)
            => First(machine => machine.Guest.IpAddress == request.Ip, request.VmSearch));
        table.Add<FindByDnsNameRequest, ServiceObject>((_, _, request)
            => First(machine => machine.Guest.HostName == request.DnsName, request.VmSearch));
        table.Add<FindByDatastorePathRequest, ServiceObject>((_, _, request)
            => First(machine => machine.Config.Files.VmPathName == request.Path, true));
        table.Add<FindChildRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return Child(world.Get<Entity>(request.Entity), request.Name)?.Reference;
            }
        });
        table.Add<FindByInventoryPathRequest, ServiceObject>((_, _, request) => FindByPath(request.InventoryPath));
    }

    private ManagedObjectReference? FindByPath(string path)
    {
        lock (world.Store.Gate)
        {
            Entity? current = world.Get<Entity>(world.Content.RootFolder);
            foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                current = current is null ? null : Child(current, name);
            }

            return current?.Reference;
        }
    }

    private Entity? Child(Entity parent, string name)
        => EntityChildren.Of(parent, world.Store).FirstOrDefault(child => OperationText.IsSameName(child.Name, name));

    private ManagedObjectReference? First(Func<VirtualMachineEntity, bool> matches, bool machines)
    {
        lock (world.Store.Gate)
        {
            return machines ? world.Store.OfType<VirtualMachineEntity>().FirstOrDefault(matches)?.Reference : null;
        }
    }

    private static bool HasUuid(VirtualMachineEntity machine, string uuid, bool instance)
        => string.Equals(instance ? machine.Config.InstanceUuid : machine.Config.Uuid, uuid, StringComparison.OrdinalIgnoreCase);
}
