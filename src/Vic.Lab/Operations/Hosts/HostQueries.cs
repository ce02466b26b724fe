using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts;

/// <summary>What a HostSystem tells about itself to whoever wants to add it to an inventory.</summary>
internal sealed class HostQueries(LabWorld world)
{
    public void AddTo(OperationTable table)
        => table.Add<QueryHostConnectionInfoRequest, HostEntity>((_, host, _) =>
        {
            lock (world.Store.Gate)
            {
                return ConnectionInfo(host);
            }
        });

    private HostConnectInfo ConnectionInfo(HostEntity host) => new()
    {
        Host = host.Read<HostListSummary>("summary")!,
        InDasCluster = world.Store.Find<ClusterEntity>(host.Parent!.Value)?.Configuration.DasConfig.Enabled ?? false,
        ClusterSupported = true,
        Vm = [.. Of<VirtualMachineEntity>(host, "vm").Select(machine => machine.Read<VirtualMachineSummary>("summary")!)],
        Network = [.. Of<NetworkEntity>(host, "network").Select(network => new HostNewNetworkConnectInfo { Summary = network.Read<NetworkSummary>("summary")! })],
        Datastore = [.. Of<DatastoreEntity>(host, "datastore").Select(datastore => new HostDatastoreConnectInfo { Summary = datastore.Summary })],
    };

    private IEnumerable<T> Of<T>(HostEntity host, string property)
        where T : Entity
        => host.References(property).Select(world.Store.Find<T>).OfType<T>();
}
