using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>HostNetworkSystem: standard switches and port groups of a host.</summary>
internal sealed class HostNetworkOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<AddVirtualSwitchRequest, ServiceObject>((_, system, request) =>
        {
            Networking(system).AddSwitch(request.VswitchName, request.Spec);
            return null;
        });
        table.Add<RemoveVirtualSwitchRequest, ServiceObject>((_, system, request) =>
        {
            Networking(system).RemoveSwitch(request.VswitchName);
            return null;
        });
        table.AddAsync<AddPortGroupRequest, ServiceObject>(async (call, system, request) =>
        {
            await Networking(system).AddPortGroupAsync(request.Portgrp, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
        table.AddAsync<RemovePortGroupRequest, ServiceObject>(async (call, system, request) =>
        {
            await Networking(system).RemovePortGroupAsync(request.PgName, call.CancellationToken).ConfigureAwait(false);
            return null;
        });
    }

    private HostNetworking Networking(ServiceObject system)
    {
        lock (world.Store.Gate)
        {
            return new HostNetworking(world, world.Store.OfType<HostEntity>().FirstOrDefault(host => host.Parts.Network == system.Reference)
                ?? throw Faults.NotSupported($"{system.Reference.Type} as a network system"));
        }
    }
}
