using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>What the inventory shows after a change of the power state; under the store's lock.</summary>
internal static class PowerTransitions
{
    public static VirtualMachinePowerState Translate(MachinePowerState state) => state switch
    {
        MachinePowerState.PoweredOn => VirtualMachinePowerState.PoweredOn,
        MachinePowerState.Suspended => VirtualMachinePowerState.Suspended,
        _ => VirtualMachinePowerState.PoweredOff,
    };

    /// <param name="machine">The machine.</param>
    /// <param name="state">The state that it is in now.</param>
    /// <param name="clean">Whether it was brought there, and did not crash.</param>
    public static void Enter(VirtualMachineEntity machine, VirtualMachinePowerState state, bool clean = true)
    {
        var old = machine.PowerState;
        machine.ChangeRuntime(runtime =>
        {
            runtime.PowerState = state;
            runtime.CleanPowerOff = clean && state != VirtualMachinePowerState.PoweredOn;
            runtime.SuspendTime = state == VirtualMachinePowerState.Suspended ? DateTime.UtcNow : null;
            runtime.BootTime = state switch
            {
                VirtualMachinePowerState.PoweredOn when old == VirtualMachinePowerState.PoweredOff => DateTime.UtcNow,
                VirtualMachinePowerState.PoweredOff => null,
                _ => runtime.BootTime,
            };
        });
        if (state != VirtualMachinePowerState.PoweredOn)
        {
            machine.ReleaseReservation();
        }

        if (state == VirtualMachinePowerState.PoweredOff)
        {
            ForgetGuest(machine);
        }

        if (state != VirtualMachinePowerState.Suspended && old != VirtualMachinePowerState.Suspended)
        {
            Connect(machine, state == VirtualMachinePowerState.PoweredOn);
        }
    }

    /// <summary>A guest that is gone reports nothing any more.</summary>
    public static void ForgetGuest(VirtualMachineEntity machine)
    {
        machine.Guest = VirtualMachineDefaults.Guest(machine.Config);
        machine.Write("guestHeartbeatStatus", ManagedEntityStatus.Gray);
    }

    /// <summary>Devices that start connected are connected while the machine is on, and none is when it is off.</summary>
    private static void Connect(VirtualMachineEntity machine, bool on)
    {
        var config = machine.Config.ShallowClone();
        var hardware = config.Hardware.ShallowClone();
        hardware.Device = [.. (hardware.Device ?? []).Select(device =>
        {
            if (device.Connectable is not { } connectable || connectable.Connected == (on && connectable.StartConnected))
            {
                return device;
            }

            var changed = device.ShallowClone();
            changed.Connectable = connectable.ShallowClone();
            changed.Connectable.Connected = on && connectable.StartConnected;
            changed.Connectable.Status = changed.Connectable.Connected ? "ok" : "untried";
            return changed;
        })];
        config.Hardware = hardware;
        machine.Config = config;
    }
}
