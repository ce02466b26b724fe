using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>What a running guest does becomes visible in the inventory here.</summary>
internal sealed class VirtualMachineObserver(LabWorld world, VirtualMachineEntity machine) : IMachineObserver
{
    private const int KeyLimit = 1024;
    private const int ValueLimit = 1 << 20;
    private const int CountLimit = 4096;
    private const string GuestPrefix = "guestinfo.";

    public string? ReadVariable(string key)
    {
        lock (world.Store.Gate)
        {
            return machine.ReadVariable(key);
        }
    }

    public bool WriteVariable(string key, string value)
    {
        if (!key.StartsWith(GuestPrefix, StringComparison.Ordinal) || key.Length > KeyLimit || value.Length > ValueLimit)
        {
            return false;
        }

        lock (world.Store.Gate)
        {
            if (machine.HiddenVariables.ContainsKey(key)
                || ((machine.Config.ExtraConfig?.Count ?? 0) >= CountLimit && machine.ReadVariable(key) is null))
            {
                return false;
            }

            if (machine.ReadVariable(key) != value)
            {
                machine.WriteVariable(key, value);
            }

            return true;
        }
    }

    public void PowerStateChanged(MachinePowerState state, string? reason)
    {
        lock (world.Store.Gate)
        {
            PowerTransitions.Enter(machine, PowerTransitions.Translate(state), clean: reason is null);
            if (state == MachinePowerState.PoweredOff)
            {
                world.Events.PostMachineEvent(new VmPoweredOffEvent { Template = false }, machine, string.Empty, reason ?? "The guest powered off.");
            }
        }
    }

    public void GuestRebooted()
    {
        lock (world.Store.Gate)
        {
            PowerTransitions.ForgetGuest(machine);
            world.Events.PostMachineEvent(new VmGuestRebootEvent { Template = false }, machine, string.Empty, "The guest restarted.");
        }
    }

    public void ToolsStateChanged(bool running)
    {
        lock (world.Store.Gate)
        {
            machine.ChangeGuest(guest =>
            {
                guest.ToolsStatus = running ? VirtualMachineToolsStatus.ToolsOk : VirtualMachineToolsStatus.ToolsNotRunning;
                guest.ToolsRunningStatus = running ? "guestToolsRunning" : "guestToolsNotRunning";
                guest.GuestState = running ? "running" : "notRunning";
                guest.GuestOperationsReady = running;
                guest.GuestStateChangeSupported = running;
            });
            machine.Write("guestHeartbeatStatus", running ? ManagedEntityStatus.Green : ManagedEntityStatus.Gray);
        }
    }

    public void GuestIdentityReported(GuestIdentity identity)
    {
        lock (world.Store.Gate)
        {
            var cards = (machine.Config.Hardware.Device ?? []).OfType<VirtualEthernetCard>().ToList();
            var backings = new DeviceBackings(world);
            machine.ChangeGuest(guest =>
            {
                guest.HostName = identity.HostName;
                guest.IpAddress = identity.Addresses.SelectMany(adapter => adapter.IPAddresses).FirstOrDefault();
                guest.Net = [.. identity.Addresses.Select(adapter =>
                {
                    var card = cards.Find(card => string.Equals(card.MacAddress, adapter.MacAddress, StringComparison.OrdinalIgnoreCase));
                    return new GuestNicInfo
                    {
                        Network = card is null ? null : backings.NetworkOf(card.Backing)?.Name,
                        IpAddress = [.. adapter.IPAddresses],
                        MacAddress = adapter.MacAddress,
                        Connected = true,
                        DeviceConfigId = card?.Key ?? -1,
                    };
                })];
            });
        }
    }
}
