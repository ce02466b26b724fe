using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Tasks of one virtual machine, waited for.</summary>
internal static class MachineTasks
{
    public static async Task ReconfigureAsync(
        VimClient client, ManagedObjectReference machine, VirtualMachineConfigSpec spec, CancellationToken cancellationToken)
    {
        var task = await new VirtualMachine(client, machine).ReconfigVMTaskAsync(spec, cancellationToken).ConfigureAwait(false);
        await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cuts the power; a machine that is off needs none of that.</summary>
    public static async Task PowerOffAsync(VimClient client, ManagedObjectReference machine, CancellationToken cancellationToken)
    {
        try
        {
            var task = await new VirtualMachine(client, machine).PowerOffVMTaskAsync(cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (exception.Fault is InvalidPowerState)
        {
            // It is off already, or went off by itself in between.
        }
    }
}
