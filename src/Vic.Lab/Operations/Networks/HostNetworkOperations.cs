using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Hosts;
using Vic.Lab.Inventory.Networks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Networks;

/// <summary>HostNetworkSystem: standard switches and port groups of a host.</summary>
internal sealed class HostNetworkOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<AddVirtualSwitchRequest, ServiceObject>((_, system, request)
            => Change(system, network => network.AddSwitch(request.VswitchName, request.Spec)));
        table.Add<UpdateVirtualSwitchRequest, ServiceObject>((_, system, request)
            => Change(system, network => network.UpdateSwitch(request.VswitchName, request.Spec)));
        table.AddAsync<RemoveVirtualSwitchRequest, ServiceObject>(async (call, system, request) =>
        {
            await Networking(system).RemoveSwitchAsync(request.VswitchName, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
        table.AddAsync<AddPortGroupRequest, ServiceObject>(async (call, system, request) =>
        {
            await Networking(system).AddPortGroupAsync(request.Portgrp, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
        table.Add<UpdatePortGroupRequest, ServiceObject>((_, system, request)
            => Change(system, network => network.UpdatePortGroup(request.PgName, request.Portgrp)));
        table.AddAsync<RemovePortGroupRequest, ServiceObject>(async (call, system, request) =>
        {
            await Networking(system).RemovePortGroupAsync(request.PgName, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
        table.Add<RefreshNetworkSystemRequest, ServiceObject>((_, system, _) => Change(system, network => network.Refresh()));
    }

    private object? Change(ServiceObject system, Action<HostNetworking> change)
    {
        change(Networking(system));
        return null;
    }

    private HostNetworking Networking(ServiceObject system)
    {
        lock (world.Store.Gate)
        {
            return new HostNetworking(world, world.HostOf(system, parts => parts.Network));
        }
    }
}
