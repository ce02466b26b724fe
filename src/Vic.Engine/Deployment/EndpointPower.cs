using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>Powers an endpoint VM on and off.</summary>
internal sealed class EndpointPower(VimClient client, ManagedObjectReference machine, ManagedObjectReference datacenter)
{
    // The guest ends its services within twenty seconds, or kills them (vmware/vic waits as long).
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(30);

    /// <summary>Powers it on; on vCenter DRS chooses the host.</summary>
    public async Task OnAsync(CancellationToken cancellationToken)
    {
        if (!client.IsVirtualCenter)
        {
            var task = await new VirtualMachine(client, machine).PowerOnVMTaskAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false);
            return;
        }

        var placement = await new Datacenter(client, datacenter).PowerOnMultiVMTaskAsync(
            [machine],
            [new OptionValue { Key = "OverrideAutomationLevel", Value = "fullyAutomated" }],
            cancellationToken).ConfigureAwait(false);
        var outcome = await client.WaitForTaskAsync(placement, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (outcome.Result is ClusterPowerOnVmResult { NotAttempted: { Count: > 0 } refused })
        {
            throw new VicException("PowerOnRefused", VicErrorKind.Failed, $"vSphere did not power on the endpoint VM: {refused[0].Fault.LocalizedMessage}");
        }

        foreach (var attempt in (outcome.Result as ClusterPowerOnVmResult)?.Attempted ?? [])
        {
            if (attempt.Task is { } powerOn)
            {
                await client.WaitForTaskAsync(powerOn, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets the guest shut down, and cuts its power when it does not in time, or has no tools to ask.</summary>
    public async Task ShutDownAsync(CancellationToken cancellationToken)
    {
        try
        {
            await GuestShutdown.RunAsync(client, machine, ShutdownPatience, cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (VimFaultException exception) when (exception.Fault is ToolsUnavailable or InvalidPowerState)
        {
            // Nobody to ask, or nothing to ask for.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It has had its time.
        }

        await OffAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cuts the power; a machine that is off needs none of that.</summary>
    public Task OffAsync(CancellationToken cancellationToken) => MachineTasks.PowerOffAsync(client, machine, cancellationToken);
}
