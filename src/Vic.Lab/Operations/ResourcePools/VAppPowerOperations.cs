using Vic.Lab.Inventory;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.ResourcePools;

/// <summary>Power of vApps: their machines and vApps go on in the order of their configuration, and off in the opposite one.</summary>
internal sealed class VAppPowerOperations(LabWorld world, VirtualMachineTasks machines)
{
    public void AddTo(OperationTable table)
    {
        table.Add<PowerOnVAppTaskRequest, VirtualAppEntity>((call, vapp, request)
            => Start(call, vapp, "VirtualApp.powerOn", request.MethodName, token => PowerOnAsync(call, vapp, token)));
        table.Add<PowerOffVAppTaskRequest, VirtualAppEntity>((call, vapp, request)
            => Start(call, vapp, "VirtualApp.powerOff", request.MethodName, token => PowerOffAsync(call, vapp, request.Force, token)));
        table.Add<SuspendVAppTaskRequest, VirtualAppEntity>((call, vapp, request)
            => Start(call, vapp, "VirtualApp.suspend", request.MethodName, token => SuspendAsync(call, vapp, token)));
    }

    private async Task PowerOnAsync(OperationCall call, VirtualAppEntity vapp, CancellationToken cancellationToken)
    {
        Begin(vapp, VirtualAppVAppState.Stopped, VirtualAppVAppState.Starting);
        try
        {
            foreach (var (child, settings) in Children(vapp))
            {
                if (settings.StartAction == "none")
                {
                    continue;
                }

                await (child switch
                {
                    VirtualMachineEntity machine => machines.PowerOnAsync(call, machine, cancellationToken),
                    VirtualAppEntity { State: not VirtualAppVAppState.Started } nested => PowerOnAsync(call, nested, cancellationToken),
                    _ => Task.CompletedTask,
                }).ConfigureAwait(false);
            }
        }
        finally
        {
            // What is on stays on: the vApp can be stopped.
            End(vapp, IsAnyOn(vapp) || !Children(vapp).Any() ? VirtualAppVAppState.Started : VirtualAppVAppState.Stopped, suspended: false);
        }
    }

    private async Task PowerOffAsync(OperationCall call, VirtualAppEntity vapp, bool force, CancellationToken cancellationToken)
    {
        Begin(vapp, VirtualAppVAppState.Started, VirtualAppVAppState.Stopping);
        try
        {
            foreach (var (child, settings) in Children(vapp).Reverse())
            {
                var action = force ? "powerOff" : settings.StopAction;
                await (child switch
                {
                    VirtualMachineEntity machine => StopAsync(call, machine, action, cancellationToken),
                    VirtualAppEntity { State: VirtualAppVAppState.Started } nested => PowerOffAsync(call, nested, force, cancellationToken),
                    _ => Task.CompletedTask,
                }).ConfigureAwait(false);
            }
        }
        catch
        {
            End(vapp, IsAnyOn(vapp) ? VirtualAppVAppState.Started : VirtualAppVAppState.Stopped, suspended: false);
            throw;
        }

        End(vapp, VirtualAppVAppState.Stopped, suspended: false);
    }

    private async Task SuspendAsync(OperationCall call, VirtualAppEntity vapp, CancellationToken cancellationToken)
    {
        Begin(vapp, VirtualAppVAppState.Started, VirtualAppVAppState.Stopping);
        try
        {
            foreach (var (child, _) in Children(vapp).Reverse())
            {
                await (child switch
                {
                    VirtualMachineEntity machine => StopAsync(call, machine, "suspend", cancellationToken),
                    VirtualAppEntity { State: VirtualAppVAppState.Started } nested => SuspendAsync(call, nested, cancellationToken),
                    _ => Task.CompletedTask,
                }).ConfigureAwait(false);
            }
        }
        catch
        {
            End(vapp, IsAnyOn(vapp) ? VirtualAppVAppState.Started : VirtualAppVAppState.Stopped, suspended: false);
            throw;
        }

        End(vapp, VirtualAppVAppState.Stopped, suspended: true);
    }

    private Task StopAsync(OperationCall call, VirtualMachineEntity machine, string? action, CancellationToken cancellationToken) => action switch
    {
        "none" => Task.CompletedTask,
        "suspend" => machines.SuspendAsync(call, machine, cancellationToken),

        // A guest that is asked and takes its time, or has no tools, would be powered off after its delay: the lab does not wait for that.
        _ => machines.PowerOffAsync(call, machine, cancellationToken),
    };

    /// <summary>The children with their settings, in the order in which they start; those without a place come last.</summary>
    private IReadOnlyList<(Entity Child, VAppEntityConfigInfo Settings)> Children(VirtualAppEntity vapp)
    {
        lock (world.Store.Gate)
        {
            var settings = (vapp.VAppConfig.EntityConfig ?? [])
                .Where(entry => entry.Key is not null)
                .GroupBy(entry => entry.Key!.Value)
                .ToDictionary(group => group.Key, group => group.First());
            return
            [
                .. vapp.References("vm").Concat(vapp.References("resourcePool"))
                    .Select(world.Store.Find<Entity>)
                    .OfType<Entity>()
                    .Select(child => (child, settings.GetValueOrDefault(child.Reference) ?? new VAppEntityConfigInfo()))
                    .OrderBy(entry => entry.Item2.StartOrder is > 0 and var order ? order : int.MaxValue),
            ];
        }
    }

    private bool IsAnyOn(VirtualAppEntity vapp) => Children(vapp).Any(entry => entry.Child switch
    {
        VirtualMachineEntity machine => machine.PowerState == VirtualMachinePowerState.PoweredOn,
        VirtualAppEntity nested => nested.State == VirtualAppVAppState.Started,
        _ => false,
    });

    private void Begin(VirtualAppEntity vapp, VirtualAppVAppState from, VirtualAppVAppState next)
    {
        lock (world.Store.Gate)
        {
            // One machine that was started by itself makes a vApp that can be stopped.
            var isOn = vapp.State == VirtualAppVAppState.Stopped && IsAnyOn(vapp) && from == VirtualAppVAppState.Started;
            if (vapp.State != from && !isOn)
            {
                throw Faults.InvalidState($"The vApp {vapp.Name} is {vapp.State.ToWireText()}.");
            }

            vapp.ChangeState(next);
        }
    }

    private void End(VirtualAppEntity vapp, VirtualAppVAppState state, bool suspended)
    {
        lock (world.Store.Gate)
        {
            vapp.ChangeState(state, suspended);
        }
    }

    private ManagedObjectReference Start(
        OperationCall call, VirtualAppEntity vapp, string descriptionId, string method, Func<CancellationToken, Task> work)
        => world.Tasks.Start(new TaskStart(vapp, descriptionId, method, call.Session.UserName), async (_, token) =>
        {
            await work(token).ConfigureAwait(false);
            return null;
        });
}
