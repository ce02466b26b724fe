using Vic.Lab.GuestRpc;
using Vic.Lab.GuestRpc.Vix;
using Vic.Lab.Machines.Qmp;

namespace Vic.Lab.Machines.Qemu;

/// <summary>A machine that really runs.</summary>
internal sealed partial class QemuMachine : IMachine
{
    private readonly QemuResources _resources;
    private readonly IMachineObserver _observer;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private MachineConfiguration _configuration;
    private QemuSession? _session;
    private Task _watching = Task.CompletedTask;
    private bool _suspended;

    public QemuMachine(MachineConfiguration configuration, IMachineObserver observer, QemuResources resources)
    {
        _configuration = configuration;
        _observer = observer;
        _resources = resources;
        _logger = resources.LoggerFactory.CreateLogger<QemuMachine>();
        Guest = new VixGuestOperations(() => _session?.GuestRpc);
    }

    public string Id => _configuration.Id;

    public int? ProcessId => _session?.ProcessId;

    public IGuestOperations Guest { get; }

    public async Task PowerOnAsync(CancellationToken cancellationToken)
    {
        if (_session is { } running)
        {
            await ExecuteAsync(running, "cont", cancellationToken).ConfigureAwait(false);
            _suspended = false;
            return;
        }

        // The watcher of the run before may still be cleaning up.
        await _watching.ConfigureAwait(false);
        var session = await QemuSession.StartAsync(_configuration, _resources, CreateGuestRpc(), OnEvent, cancellationToken).ConfigureAwait(false);
        _suspended = false;
        _session = session;
        _watching = WatchAsync(session);
        LogStarted(_configuration.Name, session.ProcessId);
    }

    public async Task PowerOffAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }

        await _watching.ConfigureAwait(false);
    }

    public Task ResetAsync(CancellationToken cancellationToken) => ExecuteAsync(Running(), "system_reset", cancellationToken);

    public async Task SuspendAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(Running(), "stop", cancellationToken).ConfigureAwait(false);
        _suspended = true;
    }

    public Task MigrateAsync(Func<Task> arrive, CancellationToken cancellationToken) => _session?.MigrateAsync(arrive, cancellationToken) ?? arrive();

    public async Task KillAsync()
    {
        _session?.Kill();
        await _watching.ConfigureAwait(false);
    }

    public async Task ReconfigureAsync(MachineConfiguration configuration, CancellationToken cancellationToken)
    {
        if (_session is { } session)
        {
            await session.ReconfigureAsync(_configuration, configuration, cancellationToken).ConfigureAwait(false);
        }

        _configuration = configuration;
    }

    public Task ShutdownGuestAsync(CancellationToken cancellationToken) => CommandGuestAsync("OS_Halt"u8.ToArray(), cancellationToken);

    public Task RebootGuestAsync(CancellationToken cancellationToken) => CommandGuestAsync("OS_Reboot"u8.ToArray(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await PowerOffAsync(CancellationToken.None).ConfigureAwait(false);
        await _resources.PublishedPorts.ReleaseAsync(Id).ConfigureAwait(false);
        _resources.Sockets.Forget(Id);
        _stopping.Dispose();
    }

    private static async Task ExecuteAsync(QemuSession session, string command, CancellationToken cancellationToken)
    {
        try
        {
            await session.Qmp.ExecuteAsync(command, null, cancellationToken).ConfigureAwait(false);
        }
        catch (QmpException exception)
        {
            throw new MachineException($"The virtual machine does not obey: {exception.Message}", exception);
        }
    }

    private QemuSession Running() => _session ?? throw new MachineException("The virtual machine is not powered on.");

    private async Task CommandGuestAsync(byte[] command, CancellationToken cancellationToken)
    {
        var session = _session;
        if (session is null || _suspended)
        {
            throw new GuestOperationException(GuestOperationFailure.ToolsUnavailable, "The virtual machine is not running.");
        }

        await session.GuestRpc.CommandAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private GuestRpcEndpoint CreateGuestRpc()
    {
        var identity = new GuestIdentityReport(
            () => _configuration.NetworkAdapters.Count > 0 ? _configuration.NetworkAdapters[0].MacAddress : null, OnIdentity);
        var sockets = new QemuSockets(_resources.Sockets.ForMachine(Id));
        return new GuestRpcEndpoint(sockets.GuestRpc, new RpciCommands(_observer, identity), _observer.ToolsStateChanged);
    }

    private void OnIdentity(GuestIdentity identity)
    {
        _observer.GuestIdentityReported(identity);
        _ = PublishAsync(identity);
    }

    private async Task PublishAsync(GuestIdentity identity)
    {
        try
        {
            await _resources.PublishedPorts.ReportAsync(Id, _configuration.Name, identity, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is QmpException or OperationCanceledException or ObjectDisposedException)
        {
            LogNotPublished(_configuration.Name, exception.Message);
        }
    }

    private void OnEvent(QmpEvent received)
    {
        if (received.Name == "RESET")
        {
            _session?.GuestRpc.Reset();
            if (received.Flag("guest"))
            {
                _observer.GuestRebooted();
            }
        }
    }

    private async Task WatchAsync(QemuSession session)
    {
        var reason = await session.WaitForEndAsync().ConfigureAwait(false);
        if (Interlocked.CompareExchange(ref _session, null, session) != session)
        {
            // Powered off on request: whoever did it cleans up.
            return;
        }

        await session.DisposeAsync().ConfigureAwait(false);
        LogEnded(_configuration.Name, reason ?? "the guest powered off");
        _observer.PowerStateChanged(MachinePowerState.PoweredOff, reason);
    }

    [LoggerMessage(LogLevel.Information, "{Machine} runs as process {ProcessId}")]
    private partial void LogStarted(string machine, int processId);

    [LoggerMessage(LogLevel.Information, "{Machine} ended: {Reason}")]
    private partial void LogEnded(string machine, string reason);

    [LoggerMessage(LogLevel.Warning, "The ports of {Machine} are not published: {Reason}")]
    private partial void LogNotPublished(string machine, string reason);
}
