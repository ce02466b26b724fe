using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Processes;

namespace Vic.Tether.Container;

/// <summary>The process that the container is there for. The machine lives as long as it does.</summary>
internal sealed class MainProcess
{
    private readonly GuestProcess _process;
    private readonly Task _output;

    private MainProcess(GuestProcess process, IOutputSink sink)
    {
        _process = process;
        _output = Task.WhenAll(
            OutputPump.RunAsync(process.StandardOutput, OutputStreamKind.Output, sink),
            process.StandardError is { } errors ? OutputPump.RunAsync(errors, OutputStreamKind.Error, sink) : Task.CompletedTask);
    }

    public int Number => _process.Number;

    public Task<ExitStatus> Exit => _process.Exit;

    public static async Task<MainProcess> StartAsync(
        ExecutorConfiguration configuration,
        SessionConfiguration session,
        ContainerRoot root,
        IOutputSink sink,
        CancellationToken cancellationToken)
    {
        var request = ProcessRequests.Make(configuration, session, root);
        return new MainProcess(await ProcessLauncher.StartAsync(request, cancellationToken).ConfigureAwait(false), sink);
    }

    public bool Signal(int signal) => _process.Signal(signal);

    /// <summary>Waits for the end of the process, ends what it left behind, and takes the rest of its output.</summary>
    public async Task<ExitStatus> WaitAsync()
    {
        var exit = await _process.Exit.ConfigureAwait(false);
        ProcessReaper.SignalAll(SignalNames.Kill);
        await _output.ConfigureAwait(false);
        _process.Dispose();
        return exit;
    }
}
