using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>VirtualMachine.</summary>
internal sealed class VirtualMachineOperations(LabWorld world, VirtualMachineTasks machines)
{
    public void AddTo(OperationTable table)
    {
        table.Add<ReconfigVMTaskRequest, VirtualMachineEntity>((call, machine, request) => machines.Reconfigure(call, machine, request.Spec));
        table.Add<PowerOnVMTaskRequest, VirtualMachineEntity>((call, machine, request) => machines.PowerOn(call, machine, request.Host));
        table.Add<PowerOffVMTaskRequest, VirtualMachineEntity>((call, machine, _) => machines.PowerOff(call, machine));
        table.Add<ResetVMTaskRequest, VirtualMachineEntity>((call, machine, _) => machines.Reset(call, machine));
        table.Add<SuspendVMTaskRequest, VirtualMachineEntity>((call, machine, _) => machines.Suspend(call, machine));
        table.AddAsync<ShutdownGuestRequest, VirtualMachineEntity>(async (call, machine, _) =>
        {
            machines.Power.Check(machine, VirtualMachinePowerState.PoweredOff, VirtualMachinePowerState.PoweredOn);
            await CommandGuestAsync(machine.Machine.ShutdownGuestAsync(call.CancellationToken)).ConfigureAwait(false);
            return null;
        });
        table.AddAsync<RebootGuestRequest, VirtualMachineEntity>(async (call, machine, _) =>
        {
            machines.Power.Check(machine, VirtualMachinePowerState.PoweredOn, VirtualMachinePowerState.PoweredOn);
            await CommandGuestAsync(machine.Machine.RebootGuestAsync(call.CancellationToken)).ConfigureAwait(false);
            return null;
        });
        table.AddAsync<UnregisterVMRequest, VirtualMachineEntity>(async (call, machine, _) =>
        {
            await machines.UnregisterAsync(call, machine).ConfigureAwait(false);
            return null;
        });
        table.Add<AnswerVMRequest, VirtualMachineEntity>((_, machine, request) =>
        {
            lock (world.Store.Gate)
            {
                MachineQuestions.Answer(machine, request.QuestionId, request.AnswerChoice);
                return null;
            }
        });
        table.Add<RefreshStorageInfoRequest, VirtualMachineEntity>((_, machine, _) =>
        {
            lock (world.Store.Gate)
            {
                VirtualMachinePlacement.Refresh(world, machine);
            }

            VirtualMachineLayout.Refresh(world, machine);
            return null;
        });
    }

    /// <summary>Power methods have a word of their own for tools that do not run; guest operations have another.</summary>
    private static async Task CommandGuestAsync(Task command)
    {
        try
        {
            await command.ConfigureAwait(false);
        }
        catch (GuestOperationException exception) when (exception.Failure == GuestOperationFailure.ToolsUnavailable)
        {
            throw Faults.New(new ToolsUnavailable(), exception.Message);
        }
    }
}
