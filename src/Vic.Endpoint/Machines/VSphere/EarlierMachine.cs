using System.Net;
using Vic.Configuration;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Networks;
using Vic.Vim25;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>
/// The VM of a container that vic-machine's endpoint has made. Its tether knows no session of ours: what it does is seen in its configuration and its power state,
/// and asked for by guest operations (vmware/vic, lib/portlayer/exec).
/// </summary>
internal sealed class EarlierMachine(
    VSpherePlatform platform, ManagedObjectReference reference, ContainerRecord record, VSphereMachine machine) : IContainerMachine
{
    // The name under which vic-machine's endpoint keeps others from destroying the VM.
    private const string LockOwner = "VIC";
    private const string LockedMethod = "Destroy_Task";
    private const string SignalProgram = "kill";
    private const string Running = "true";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public bool IsPoweredOn => machine.IsPoweredOn;

    /// <inheritdoc/>
    public async Task PowerOnAsync(NetworkBinding? network, CancellationToken cancellationToken)
    {
        var present = await ReadValuesAsync(cancellationToken).ConfigureAwait(false);
        await machine.PowerOnAsync(EarlierContainerCodec.NextRun(record.Id, network, present), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<int?> WaitForRunAsync(int known, CancellationToken cancellationToken) => machine.WaitForRunAsync(known, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => machine.ExistsAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IPAddress?> TakeOverAsync(CancellationToken cancellationToken) =>
        ContainerConfigurationCodec.DecodeAddress(await ReadValuesAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<IGuestSession> ConnectAsync(CancellationToken cancellationToken)
    {
        var key = GuestInfoNames.SessionStarted(GuestInfoKey.Root, record.Id);
        while (true)
        {
            // Read after the power state: what the guest wrote before it went off is there then.
            var isOn = machine.IsPoweredOn;
            var values = await ReadValuesAsync(cancellationToken).ConfigureAwait(false);
            var started = values.TryGetValue(key, out var text) && text != GuestInfoText.Empty ? text : "";
            if (started == Running)
            {
                return new EarlierSession(this);
            }

            if (started.Length > 0 || !isOn)
            {
                throw new MachineStoppedException(started.Length > 0 ? started : "it was switched off; see tether.debug in the VM's folder");
            }

            await Task.Delay(LookAgain, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<GuestReport?> WaitForPowerOffAsync(CancellationToken cancellationToken) => machine.WaitForPowerOffAsync(cancellationToken);

    /// <inheritdoc/>
    public Task PowerOffAsync(CancellationToken cancellationToken) => machine.PowerOffAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task DestroyAsync(CancellationToken cancellationToken)
    {
        await UnlockAsync(cancellationToken).ConfigureAwait(false);
        await machine.DestroyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task UpdateAsync(ContainerRecord record, CancellationToken cancellationToken) =>
        machine.UpdateAsync(record, new Dictionary<string, string> { [GuestInfoNames.ContainerName] = record.Name }, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenOutputAsync(long offset, CancellationToken cancellationToken) => machine.OpenOutputAsync(offset, cancellationToken);

    /// <summary>Has the guest send its main process a signal; a guest that cannot be asked to kill it is switched off.</summary>
    /// <exception cref="EngineException">The guest cannot be asked.</exception>
    public async Task SignalAsync(int signal, CancellationToken cancellationToken)
    {
        try
        {
            await StartProgramAsync(SignalProgram, Signals.NameOf(signal), cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException) when (signal == Signals.Kill)
        {
            await PowerOffAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException fault)
        {
            throw new EngineException(
                EngineErrorKind.Unavailable,
                $"The guest of container {record.Name} cannot be sent a signal: {fault.Message.TrimEnd('.')}. docker kill switches it off",
                fault);
        }
    }

    private async Task StartProgramAsync(string program, string arguments, CancellationToken cancellationToken)
    {
        var manager = platform.Client.Content.GuestOperationsManager ?? throw new InvalidOperationException("the server has no guest operations");
        var processes = await platform.Client.GetPropertyAsync<ManagedObjectReference>(manager, "processManager", cancellationToken).ConfigureAwait(false);
        await platform.Client.InvokeAsync(
            new StartProgramInGuestRequest
            {
                This = processes,
                Vm = reference,
                Auth = new NamePasswordAuthentication { Username = record.Id, Password = "" },
                Spec = new GuestProgramSpec { ProgramPath = program, Arguments = arguments },
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task UnlockAsync(CancellationToken cancellationToken)
    {
        if (!platform.Client.IsVirtualCenter || platform.Client.Content.AuthorizationManager is not { } authorization)
        {
            return;
        }

        try
        {
            await platform.Client.InvokeAsync(
                new EnableMethodsRequest { This = authorization, Entity = [reference], Method = [LockedMethod], SourceId = LockOwner }, cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException fault) when (fault.Fault is ManagedObjectNotFound or NotSupported or InvalidRequest)
        {
            // Gone already, or a server without such locks.
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> ReadValuesAsync(CancellationToken cancellationToken) =>
        await machine.ReadValuesAsync(cancellationToken).ConfigureAwait(false) ?? throw new MachineStoppedException("the VM does not exist any more");
}
