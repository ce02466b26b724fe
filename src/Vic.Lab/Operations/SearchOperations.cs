using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>SearchIndex.</summary>
internal sealed class SearchOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<FindByUuidRequest, ServiceObject>((call, _, request)
            => First(call, machine => HasUuid(machine, request.Uuid, request.InstanceUuid ?? false), request.VmSearch));
        table.Add<FindAllByUuidRequest, ServiceObject>((call, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return world.Store.OfType<VirtualMachineEntity>()
                    .Where(machine => request.VmSearch && HasUuid(machine, request.Uuid, request.InstanceUuid ?? false) && IsSeen(call, machine))
                    .Select(machine => machine.Reference)
                    .ToList();
            }
        });
        table.Add<FindByIpRequest, ServiceObject>((call, _, request)
            => First(call, machine => machine.Guest.IpAddress == request.Ip, request.VmSearch));
        table.Add<FindByDnsNameRequest, ServiceObject>((call, _, request)
            => First(call, machine => machine.Guest.HostName == request.DnsName, request.VmSearch));
        table.Add<FindByDatastorePathRequest, ServiceObject>((call, _, request)
            => First(call, machine => machine.Config.Files.VmPathName == request.Path, true));
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

    private ManagedObjectReference? First(OperationCall call, Func<VirtualMachineEntity, bool> matches, bool machines)
    {
        lock (world.Store.Gate)
        {
            return machines ? world.Store.OfType<VirtualMachineEntity>().FirstOrDefault(machine => matches(machine) && IsSeen(call, machine))?.Reference : null;
        }
    }

    private bool IsSeen(OperationCall call, Entity entity) => world.Access.Has(call.Session.Account, entity, Privileges.View);

    private static bool HasUuid(VirtualMachineEntity machine, string uuid, bool instance)
        => string.Equals(instance ? machine.Config.InstanceUuid : machine.Config.Uuid, uuid, StringComparison.OrdinalIgnoreCase);
}
