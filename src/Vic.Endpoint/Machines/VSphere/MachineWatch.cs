using System.Collections.Concurrent;
using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>Follows the power states of all VMs in the VCH's pool with one watch, and takes it up again when the server was away.</summary>
/// <param name="client">The session.</param>
/// <param name="pool">The VCH's resource pool.</param>
/// <param name="signIn">Logs in anew when the server has forgotten the session.</param>
/// <param name="log">Told when the server is away.</param>
internal sealed partial class MachineWatch(
    VimClient client, ManagedObjectReference pool, Func<CancellationToken, Task> signIn, ILogger<MachineWatch> log)
{
    private const string PowerState = "runtime.powerState";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ManagedObjectReference, MachinePower> _machines = new();

    /// <summary>The power state of a VM; it is known once the watch has seen the VM.</summary>
    public MachinePower Follow(ManagedObjectReference machine) => _machines.GetOrAdd(machine, _ => new MachinePower());

    /// <summary>Watches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var update in WatchAsync(cancellationToken).ConfigureAwait(false))
                {
                    pause = FirstPause;
                    Apply(update);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is VimException or OperationCanceledException)
            {
                LogWatchLost(failure.Message);
                await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await SignInIfForgottenAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async IAsyncEnumerable<ObjectUpdate> WatchAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var view = await client.CreateContainerViewAsync("VirtualMachine", pool, cancellationToken).ConfigureAwait(false);
        var filter = PropertyFilters.ForView(view, "VirtualMachine", [PowerState]);
        var watch = await PropertyWatch.StartAsync(client, filter, cancellationToken).ConfigureAwait(false);
        await using var closing = watch.ConfigureAwait(false);
        await ForgetMissingAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var update in watch.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private void Apply(ObjectUpdate update)
    {
        if (update.Kind == ObjectUpdateKind.Leave)
        {
            if (_machines.TryRemove(update.Obj, out var gone))
            {
                gone.ReportGone();
            }

            return;
        }

        foreach (var change in update.ChangeSet ?? [])
        {
            if (change.Name == PowerState && change.Val is VirtualMachinePowerState state)
            {
                Follow(update.Obj).Report(state != VirtualMachinePowerState.PoweredOff);
            }
        }
    }

    // A new watch tells what is there; what went while there was none, nobody tells.
    private async Task ForgetMissingAsync(CancellationToken cancellationToken)
    {
        foreach (var machine in _machines.Keys)
        {
            try
            {
                await client.RetrieveAsync(machine, [PowerState], cancellationToken).ConfigureAwait(false);
            }
            catch (VimFaultException e) when (e.Fault is ManagedObjectNotFound)
            {
                if (_machines.TryRemove(machine, out var gone))
                {
                    gone.ReportGone();
                }
            }
        }
    }

    private async Task SignInIfForgottenAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (failure is not VimFaultException { Fault: NotAuthenticated })
        {
            return;
        }

        try
        {
            await signIn(cancellationToken).ConfigureAwait(false);
        }
        catch (VimException e)
        {
            LogSignInFailed(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "vSphere stopped telling about VMs, asking again: {Reason}")]
    private partial void LogWatchLost(string reason);

    [LoggerMessage(LogLevel.Error, "Cannot log in to vSphere again: {Reason}")]
    private partial void LogSignInFailed(string reason);
}
