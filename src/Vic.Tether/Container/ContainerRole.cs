using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Processes;
using Vic.Tether.Boot;

namespace Vic.Tether.Container;

/// <summary>Becomes a container: reads what it is, prepares disk and networks, runs the main process, reports how it ended.</summary>
internal sealed class ContainerRole(BootedMachine machine)
{
    private const int StoppedByGuest = 125;

    public async Task RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var configuration = ReadConfiguration();
        var (id, session) = configuration.Sessions.First(entry => entry.Value.Active || configuration.Sessions.Count == 1);
        var status = new SessionReport(machine.Rpc, GuestInfoKey.Root, id, session);
        var commands = new HostCommands(session);
        machine.Transport.OnCommand = commands.AnswerAsync;
        GuestLog.Write($"container {configuration.Id}");

        try
        {
            using var root = await ContainerRoot.PrepareAsync(configuration, machine.Rpc, stop.Token).ConfigureAwait(false);
            await RunMainProcessAsync(configuration, session, status, commands, root, stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LaunchException or IOException or TimeoutException or GuestConfigurationException)
        {
            GuestLog.Write(failure.Message);
            session.ExitStatus = failure is LaunchException launch ? launch.ExitCode : StoppedByGuest;
            await status.ReportFailureAsync(failure.Message).ConfigureAwait(false);
        }
        await stop.CancelAsync().ConfigureAwait(false);
    }

    private static async Task RunMainProcessAsync(
        ExecutorConfiguration configuration,
        SessionConfiguration session,
        SessionReport status,
        HostCommands commands,
        ContainerRoot root,
        CancellationToken cancellationToken)
    {
        var log = OutputLogPort.Open();
        var main = await MainProcess.StartAsync(configuration, session, root, log, cancellationToken).ConfigureAwait(false);
        commands.Target = main;
        await status.ReportStartedAsync().ConfigureAwait(false);
        GuestLog.Write($"process {main.Number} runs");

        var exit = await main.WaitAsync().ConfigureAwait(false);
        GuestLog.Write($"process {main.Number} ended with {exit.Code}");
        await log.DrainAsync().ConfigureAwait(false);
        root.Release();
        await status.ReportExitAsync(exit).ConfigureAwait(false);
    }

    private ExecutorConfiguration ReadConfiguration()
    {
        machine.Transport.Start();
        var reader = GuestInfoReader.ForGuest(key => machine.Rpc.GetAsync(key, CancellationToken.None).GetAwaiter().GetResult());
        var configuration = ExecutorConfiguration.Read(reader, GuestInfoKey.Root);
        return configuration.Id.Length > 0 && configuration.Sessions.Count > 0
            ? configuration
            : throw new IOException("The virtual machine's configuration describes no container.");
    }
}
