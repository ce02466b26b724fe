using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Processes;
using Vic.Guest.Sessions;

namespace Vic.Tether.Container;

/// <summary>A process of the container, as the session with the endpoint sees it.</summary>
internal sealed class SessionProcess : ISessionProcess
{
    private readonly GuestProcess _process;

    private SessionProcess(GuestProcess process, Stream output, Stream? error, Func<Task>? ended)
    {
        _process = process;
        StandardOutput = output;
        StandardError = error;
        Exit = WatchAsync(ended);
    }

    public Stream? StandardInput => _process.StandardInput;

    public Stream StandardOutput { get; }

    public Stream? StandardError { get; }

    public Task<ProcessExit> Exit { get; }

    /// <summary>The main process: its output is logged, and nothing outlives it.</summary>
    public static SessionProcess ForMain(GuestProcess process, IOutputSink log) => new(
        process,
        new LoggedStream(process.StandardOutput, OutputStreamKind.Output, log),
        process.StandardError is { } errors ? new LoggedStream(errors, OutputStreamKind.Error, log) : null,
        () =>
        {
            ProcessReaper.SignalAll(SignalNames.Kill);
            return Task.CompletedTask;
        });

    /// <summary>A process beside the main one.</summary>
    public static SessionProcess ForExec(GuestProcess process) => new(process, process.StandardOutput, process.StandardError, null);

    public void Resize(int rows, int columns) => _process.Resize(columns, rows);

    public void Signal(string signal)
    {
        if (SignalNames.Parse(signal) is { } number)
            _process.Signal(number);
    }

    private async Task<ProcessExit> WatchAsync(Func<Task>? ended)
    {
        var status = await _process.Exit.ConfigureAwait(false);
        if (ended is not null)
            await ended().ConfigureAwait(false);
        return new ProcessExit(status.Code, status.Signal);
    }
}
