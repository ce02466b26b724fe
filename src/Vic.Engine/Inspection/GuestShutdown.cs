using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Lets a guest shut its machine down, as "shut down guest" in the vSphere Client does.</summary>
internal static class GuestShutdown
{
    /// <summary>Asks the guest, and waits until its machine is off.</summary>
    /// <param name="client">The session.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="patience">How long that may take; a guest that does not answer may hold the request itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It is still on after that time, or the caller gave up.</exception>
    /// <exception cref="VimFaultException">There is nobody to ask, nothing to ask for, or no such machine.</exception>
    public static async Task RunAsync(VimClient client, ManagedObjectReference machine, TimeSpan patience, CancellationToken cancellationToken)
    {
        var watch = await MachineWatch.StartAsync(client, machine, cancellationToken).ConfigureAwait(false);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(patience);
            await new VirtualMachine(client, machine).ShutdownGuestAsync(limit.Token).ConfigureAwait(false);
            do
            {
                await watch.NextAsync(limit.Token).ConfigureAwait(false);
            }
            while (watch.PowerState != VirtualMachinePowerState.PoweredOff);
        }
        finally
        {
            await watch.CloseAsync().ConfigureAwait(false);
        }
    }
}
