using Vic.Lab.Inventory;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Networks;

/// <summary>DistributedVirtualSwitch and DistributedVirtualPortgroup.</summary>
internal sealed class DistributedSwitchOperations(LabWorld world, DistributedSwitches switches)
{
    public void AddTo(OperationTable table)
    {
        table.Add<CreateDVSTaskRequest, FolderEntity>((call, folder, request) => Start(
            call, folder, "Folder.createDistributedVirtualSwitch", request.MethodName, async token
                => await switches.CreateAsync(folder, request.Spec, token).ConfigureAwait(false)));
        table.Add<ReconfigureDvsTaskRequest, SwitchEntity>((call, dvs, request) => Start(
            call, dvs, "DistributedVirtualSwitch.reconfigure", request.MethodName, async token =>
            {
                await switches.ReconfigureAsync(dvs, request.Spec, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<AddDVPortgroupTaskRequest, SwitchEntity>((call, dvs, request) => Start(
            call, dvs, "DistributedVirtualSwitch.addPortgroups", request.MethodName, async token =>
            {
                await switches.AddGroupsAsync(dvs, request.Spec, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<CreateDVPortgroupTaskRequest, SwitchEntity>((call, dvs, request) => Start(
            call, dvs, "DistributedVirtualSwitch.addPortgroup", request.MethodName, async token
                => (await switches.AddGroupsAsync(dvs, [request.Spec], token).ConfigureAwait(false))[0]));
        table.Add<ReconfigureDVPortgroupTaskRequest, PortGroupEntity>((call, group, request) => Start(
            call, group, "DistributedVirtualPortgroup.reconfigure", request.MethodName, async token =>
            {
                await switches.ReconfigureGroupAsync(group, request.Spec, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<FetchDVPortsRequest, SwitchEntity>((_, dvs, request) =>
        {
            lock (world.Store.Gate)
            {
                return DistributedPortQuery.Run(world, dvs, request.Criteria);
            }
        });
        table.AddAsync<DestroyNetworkRequest, NetworkEntity>(async (call, network, _) =>
        {
            await switches.DestroyNetworkAsync(network, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
    }

    private ManagedObjectReference Start(OperationCall call, Entity entity, string descriptionId, string method, Func<CancellationToken, Task<object?>> work)
        => world.Tasks.Start(new TaskStart(entity, descriptionId, method, call.Session.UserName), (_, token) => work(token));
}
