using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Processes;
using Vic.Guest.Sessions;

namespace Vic.Tether.Container;

/// <summary>Starts the container's processes for the session, and ends them.</summary>
internal sealed class ContainerProcesses(
    ExecutorConfiguration configuration,
    SessionConfiguration session,
    SessionReport report,
    ContainerRoot root,
    IOutputSink log) : ISessionHost
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    private GuestProcess? _main;

    public async ValueTask<ISessionProcess> StartMainAsync(CancellationToken cancellationToken)
    {
        _main = await ProcessLauncher.StartAsync(ProcessRequests.ForMain(configuration, session, root), cancellationToken).ConfigureAwait(false);
        GuestLog.Write($"process {_main.Number} runs");
        _main.Resize((int)session.TerminalColumns, (int)session.TerminalRows);
        await report.ReportStartedAsync().ConfigureAwait(false);
        return SessionProcess.ForMain(_main, log);
    }

    public async ValueTask<ISessionProcess> ExecuteAsync(ExecuteRequest request, CancellationToken cancellationToken)
    {
        var process = await ProcessLauncher.StartAsync(ProcessRequests.Further(configuration, session, request, root), cancellationToken)
            .ConfigureAwait(false);
        process.Resize(request.Columns, request.Rows);
        return SessionProcess.ForExec(process);
    }

    public ValueTask ReloadAsync(CancellationToken cancellationToken)
    {
        // Everything that may change while a container runs comes through the session itself.
        GuestLog.Write("the configuration has nothing to read again");
        return ValueTask.CompletedTask;
    }

    /// <summary>Asks the main process to end with its stop signal and kills what is left after the grace; the machine follows.</summary>
    public async ValueTask ShutdownAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        if (_main is not { } main)
            return;
        main.Signal(SignalNames.Parse(session.StopSignal) ?? SignalNames.Terminate);
        await Task.WhenAny(main.Exit, Task.Delay(grace, cancellationToken)).ConfigureAwait(false);
        ProcessReaper.SignalAll(SignalNames.Kill);
    }

    /// <summary>As <see cref="ShutdownAsync(TimeSpan, CancellationToken)"/>, with the configured grace.</summary>
    public ValueTask ShutdownAsync() =>
        ShutdownAsync(session.StopTimeout > 0 ? TimeSpan.FromSeconds(session.StopTimeout) : DefaultGrace, CancellationToken.None);
}
