using Vic.Lab.Inventory;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>The tasks of virtual machines: each takes the machine's operation lock and runs one of the operations.</summary>
internal sealed class VirtualMachineTasks(LabWorld world)
{
    private readonly VirtualMachineCreation creation = new(world);
    private readonly VirtualMachinePower power = new(world);
    private readonly VirtualMachineReconfiguration reconfiguration = new(world);
    private readonly VirtualMachineRemoval removal = new(world);

    public VirtualMachinePower Power => power;

    public ManagedObjectReference Create(
        OperationCall call,
        Entity container,
        VirtualMachineConfigSpec spec,
        FolderEntity? folder,
        ResourcePoolEntity pool,
        ManagedObjectReference? host,
        string method)
    {
        var user = call.Session.UserName;
        return world.Tasks.Start(
            new TaskStart(container, "Folder.createVm", method, user),
            async (progress, token) => await creation.CreateAsync(
                spec, new NewMachine(spec.Name ?? string.Empty, spec.Files?.VmPathName, folder, pool, host, user), progress, token).ConfigureAwait(false));
    }

    public ManagedObjectReference Reconfigure(OperationCall call, VirtualMachineEntity machine, VirtualMachineConfigSpec spec)
        => Start(call, machine, "VirtualMachine.reconfigure", "ReconfigVM_Task", (progress, token)
            => reconfiguration.ApplyAsync(machine, spec, call.Session.UserName, progress, token));

    public ManagedObjectReference PowerOn(OperationCall call, VirtualMachineEntity machine, ManagedObjectReference? host)
        => Start(call, machine, "VirtualMachine.powerOn", "PowerOnVM_Task", (_, token)
            => power.OnAsync(machine, host, call.Session.UserName, token));

    public ManagedObjectReference PowerOff(OperationCall call, VirtualMachineEntity machine)
        => Start(call, machine, "VirtualMachine.powerOff", "PowerOffVM_Task", (_, token)
            => power.OffAsync(machine, call.Session.UserName, token));

    public ManagedObjectReference Reset(OperationCall call, VirtualMachineEntity machine)
        => Start(call, machine, "VirtualMachine.reset", "ResetVM_Task", (_, token)
            => power.ResetAsync(machine, call.Session.UserName, token));

    public ManagedObjectReference Suspend(OperationCall call, VirtualMachineEntity machine)
        => Start(call, machine, "VirtualMachine.suspend", "SuspendVM_Task", (_, token)
            => power.SuspendAsync(machine, call.Session.UserName, token));

    public ManagedObjectReference Destroy(OperationCall call, VirtualMachineEntity machine)
        => Start(call, machine, "VirtualMachine.destroy", "Destroy_Task", (_, token)
            => removal.DestroyAsync(machine, call.Session.UserName, token));

    public Task DestroyAsync(OperationCall call, VirtualMachineEntity machine, CancellationToken cancellationToken)
        => ExclusiveAsync(machine, () => removal.DestroyAsync(machine, call.Session.UserName, cancellationToken), cancellationToken);

    /// <summary>Powers a machine on that is not on yet.</summary>
    public Task PowerOnAsync(OperationCall call, VirtualMachineEntity machine, CancellationToken cancellationToken)
        => ExclusiveAsync(
            machine,
            () => machine.PowerState == VirtualMachinePowerState.PoweredOn
                ? Task.CompletedTask
                : power.OnAsync(machine, null, call.Session.UserName, cancellationToken),
            cancellationToken);

    /// <summary>Powers a machine off that is not off yet.</summary>
    public Task PowerOffAsync(OperationCall call, VirtualMachineEntity machine, CancellationToken cancellationToken)
        => ExclusiveAsync(
            machine,
            () => machine.PowerState == VirtualMachinePowerState.PoweredOff
                ? Task.CompletedTask
                : power.OffAsync(machine, call.Session.UserName, cancellationToken),
            cancellationToken);

    /// <summary>Suspends a machine that is on.</summary>
    public Task SuspendAsync(OperationCall call, VirtualMachineEntity machine, CancellationToken cancellationToken)
        => ExclusiveAsync(
            machine,
            () => machine.PowerState == VirtualMachinePowerState.PoweredOn
                ? power.SuspendAsync(machine, call.Session.UserName, cancellationToken)
                : Task.CompletedTask,
            cancellationToken);

    public Task UnregisterAsync(OperationCall call, VirtualMachineEntity machine)
        => ExclusiveAsync(machine, () => removal.UnregisterAsync(machine, call.Session.UserName), call.CancellationToken);

    /// <summary>Powers several machines on; the result lists the attempts, and why others were not made, as DRS reports them.</summary>
    public ManagedObjectReference PowerOnMany(OperationCall call, DatacenterEntity datacenter, IReadOnlyList<VirtualMachineEntity> all)
        => world.Tasks.Start(
            new TaskStart(datacenter, "Datacenter.powerOnMultiVm", "PowerOnMultiVM_Task", call.Session.UserName),
            (_, _) =>
            {
                var attempts = all.ToLookup(machine => machine.PowerState != VirtualMachinePowerState.PoweredOn && !machine.Config.Template);
                return Task.FromResult<object?>(new ClusterPowerOnVmResult
                {
                    Attempted =
                    [
                        .. attempts[true].Select(machine => new ClusterAttemptedVmInfo { Vm = machine.Reference, Task = PowerOn(call, machine, null) }),
                    ],
                    NotAttempted = [.. attempts[false].Select(NotAttempted)],
                });
            });

    /// <summary>Starts a task that changes one machine and gives a result.</summary>
    public ManagedObjectReference Run(
        OperationCall call,
        VirtualMachineEntity machine,
        string descriptionId,
        string method,
        Func<TaskProgress, CancellationToken, Task<object?>> work)
        => world.Tasks.Start(
            new TaskStart(machine, descriptionId, method, call.Session.UserName),
            async (progress, token) =>
            {
                object? result = null;
                await ExclusiveAsync(machine, async () => result = await work(progress, token).ConfigureAwait(false), token).ConfigureAwait(false);
                return result;
            });

    private static ClusterNotAttemptedVmInfo NotAttempted(VirtualMachineEntity machine)
    {
        var fault = machine.Config.Template
            ? Faults.NotSupported("PowerOnVM_Task of a template")
            : Faults.InvalidPowerState(VirtualMachinePowerState.PoweredOn, machine.PowerState);
        return new ClusterNotAttemptedVmInfo
        {
            Vm = machine.Reference,
            Fault = new LocalizedMethodFault { Fault = fault.Fault, LocalizedMessage = fault.FaultText },
        };
    }

    private ManagedObjectReference Start(
        OperationCall call,
        VirtualMachineEntity machine,
        string descriptionId,
        string method,
        Func<TaskProgress, CancellationToken, Task> work)
        => Run(call, machine, descriptionId, method, async (progress, token) =>
        {
            await work(progress, token).ConfigureAwait(false);
            return null;
        });

    /// <summary>Does something while nothing else changes a machine.</summary>
    public async Task ExclusiveAsync(VirtualMachineEntity machine, Func<Task> work, CancellationToken cancellationToken)
    {
        await machine.Operations.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (world.Store.Gate)
            {
                if (!world.Store.TryFind(machine.Reference, out _))
                {
                    throw Faults.ManagedObjectNotFound(machine.Reference);
                }
            }

            await work().ConfigureAwait(false);
        }
        finally
        {
            machine.Operations.Release();
        }
    }
}
