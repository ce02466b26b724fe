using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Resources;
using Vic.Lab.Operations.Clusters;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Power operations; the caller holds the machine's operation lock.</summary>
internal sealed class VirtualMachinePower(LabWorld world)
{
    public async Task OnAsync(
        VirtualMachineEntity machine, ManagedObjectReference? host, string userName, CancellationToken cancellationToken)
    {
        var state = Check(machine, VirtualMachinePowerState.PoweredOn, VirtualMachinePowerState.PoweredOff, VirtualMachinePowerState.Suspended);
        lock (world.Store.Gate)
        {
            if (machine.Config.Template)
            {
                throw Faults.NotSupported("PowerOnVM_Task of a template");
            }

            MoveTo(machine, host);
            machine.Reservation ??= MachineReservation.Take(world.Get<ResourcePoolEntity>(machine.Pool!.Value), machine.Config);
            world.Events.PostMachineEvent(new VmStartingEvent { Template = false }, machine, userName, $"{machine.Name} is starting.");
        }

        try
        {
            if (state == VirtualMachinePowerState.PoweredOff)
            {
                // A medium that appeared, or a network that changed, since the last change counts from this power-on.
                await machine.Machine.ReconfigureAsync(
                    MachineConfigurations.From(world, machine.Reference, machine.Config, running: false), cancellationToken).ConfigureAwait(false);
            }

            await machine.Machine.PowerOnAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            lock (world.Store.Gate)
            {
                machine.ReleaseReservation();
                var fault = new FaultTranslation(world.Store).Translate(exception);
                world.Events.PostMachineEvent(
                    new VmFailedToPowerOnEvent { Template = false, Reason = new LocalizedMethodFault { Fault = fault.Fault, LocalizedMessage = fault.FaultText } },
                    machine,
                    userName,
                    $"Cannot power on {machine.Name}: {fault.FaultText}");
            }

            throw;
        }

        Enter(machine, VirtualMachinePowerState.PoweredOn, new VmPoweredOnEvent { Template = false }, userName, "is powered on");
        await VmxFiles.WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
    }

    public async Task OffAsync(VirtualMachineEntity machine, string userName, CancellationToken cancellationToken)
    {
        Check(machine, VirtualMachinePowerState.PoweredOff, VirtualMachinePowerState.PoweredOn, VirtualMachinePowerState.Suspended);
        Post(machine, new VmStoppingEvent { Template = false }, userName, "is stopping");
        await machine.Machine.PowerOffAsync(cancellationToken).ConfigureAwait(false);
        Enter(machine, VirtualMachinePowerState.PoweredOff, new VmPoweredOffEvent { Template = false }, userName, "is powered off");
        await VmxFiles.WriteAsync(world, machine, cancellationToken).ConfigureAwait(false);
    }

    public async Task ResetAsync(VirtualMachineEntity machine, string userName, CancellationToken cancellationToken)
    {
        Check(machine, VirtualMachinePowerState.PoweredOn, VirtualMachinePowerState.PoweredOn);
        await machine.Machine.ResetAsync(cancellationToken).ConfigureAwait(false);
        lock (world.Store.Gate)
        {
            PowerTransitions.ForgetGuest(machine);
            world.Events.PostMachineEvent(new VmResettingEvent { Template = false }, machine, userName, $"{machine.Name} was reset.");
        }
    }

    public async Task SuspendAsync(VirtualMachineEntity machine, string userName, CancellationToken cancellationToken)
    {
        Check(machine, VirtualMachinePowerState.Suspended, VirtualMachinePowerState.PoweredOn);
        Post(machine, new VmSuspendingEvent { Template = false }, userName, "is being suspended");
        await machine.Machine.SuspendAsync(cancellationToken).ConfigureAwait(false);
        Enter(machine, VirtualMachinePowerState.Suspended, new VmSuspendedEvent { Template = false }, userName, "is suspended");
    }

    /// <exception cref="VimFaultException">The machine is in none of the states that the operation starts from.</exception>
    public VirtualMachinePowerState Check(
        VirtualMachineEntity machine, VirtualMachinePowerState requested, params ReadOnlySpan<VirtualMachinePowerState> allowed)
    {
        lock (world.Store.Gate)
        {
            if (machine.Question is { } question)
            {
                throw Faults.New(new QuestionPending { Text = question.Text }, $"{machine.Name} waits for an answer: {question.Text}");
            }

            return allowed.Contains(machine.PowerState) ? machine.PowerState : throw Faults.InvalidPowerState(requested, machine.PowerState);
        }
    }

    private void Post(VirtualMachineEntity machine, VmEvent occurred, string userName, string what)
    {
        lock (world.Store.Gate)
        {
            world.Events.PostMachineEvent(occurred, machine, userName, $"{machine.Name} {what}.");
        }
    }

    private void Enter(VirtualMachineEntity machine, VirtualMachinePowerState state, VmEvent occurred, string userName, string what)
    {
        lock (world.Store.Gate)
        {
            PowerTransitions.Enter(machine, state);
            world.Events.PostMachineEvent(occurred, machine, userName, $"{machine.Name} {what}.");
        }
    }

    private void MoveTo(VirtualMachineEntity machine, ManagedObjectReference? asked)
    {
        var chosen = PowerOnPlacement.Choose(world, machine, asked);
        if (chosen.Reference != machine.Host)
        {
            VirtualMachinePlacement.ChangeHost(world, machine, chosen);
        }
    }
}
