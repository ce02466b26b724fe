using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>VirtualMachineSnapshot, and what VirtualMachine does with snapshots.</summary>
internal sealed class SnapshotOperations(LabWorld world, VirtualMachineTasks machines)
{
    private readonly VirtualMachineSnapshots snapshots = new(world, machines.Power);

    public void AddTo(OperationTable table)
    {
        table.Add<CreateSnapshotTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.createSnapshot", request.MethodName, async (_, token)
                => await snapshots.CreateAsync(machine, request, call.Session.UserName, token).ConfigureAwait(false)));
        table.Add<RemoveAllSnapshotsTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.removeAllSnapshots", request.MethodName, async (_, token) =>
            {
                await snapshots.RemoveAsync(machine, All(machine), request.Consolidate ?? true, call.Session.UserName, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<RevertToCurrentSnapshotTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.revertToCurrentSnapshot", request.MethodName, async (_, token) =>
            {
                var current = machine.Snapshots.Current ?? throw Faults.NotFound($"A snapshot of {machine.Name}");
                await snapshots.RevertAsync(machine, current, request.SuppressPowerOn ?? false, call.Session.UserName, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<ConsolidateVMDisksTaskRequest, VirtualMachineEntity>((call, machine, request)
            => machines.Run(call, machine, "VirtualMachine.consolidateDisks", request.MethodName, async (_, token) =>
            {
                await snapshots.ConsolidateAsync(machine, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<RevertToSnapshotTaskRequest, SnapshotObject>((call, snapshot, request)
            => machines.Run(call, MachineOf(snapshot), "vm.Snapshot.revert", request.MethodName, async (_, token) =>
            {
                await snapshots.RevertAsync(
                    MachineOf(snapshot), snapshot, request.SuppressPowerOn ?? false, call.Session.UserName, token).ConfigureAwait(false);
                return null;
            }));
        table.Add<RemoveSnapshotTaskRequest, SnapshotObject>((call, snapshot, request)
            => machines.Run(call, MachineOf(snapshot), "vm.Snapshot.remove", request.MethodName, async (_, token) =>
            {
                await snapshots.RemoveAsync(
                    MachineOf(snapshot),
                    request.RemoveChildren ? Below(snapshot) : [snapshot],
                    request.Consolidate ?? true,
                    call.Session.UserName,
                    token).ConfigureAwait(false);
                return null;
            }));
        table.AddAsync<RenameSnapshotRequest, SnapshotObject>(async (call, snapshot, request) =>
        {
            var machine = MachineOf(snapshot);
            await machines.ExclusiveAsync(
                machine, () => snapshots.RenameAsync(machine, snapshot, request.Name, request.Description), call.CancellationToken).ConfigureAwait(false);
            return null;
        });
    }

    private VirtualMachineEntity MachineOf(SnapshotObject snapshot)
    {
        lock (world.Store.Gate)
        {
            return world.Get<VirtualMachineEntity>(snapshot.Machine);
        }
    }

    private List<SnapshotObject> All(VirtualMachineEntity machine)
    {
        lock (world.Store.Gate)
        {
            return [.. machine.Snapshots.All];
        }
    }

    private List<SnapshotObject> Below(SnapshotObject snapshot)
    {
        lock (world.Store.Gate)
        {
            return [.. SnapshotTree.Below(snapshot)];
        }
    }
}
