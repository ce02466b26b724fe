using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Processes;
using Vic.Guest.Sessions;
using Vic.Tether.Boot;

namespace Vic.Tether.Container;

/// <summary>Becomes a container: reads what it is, prepares disk and networks, runs the main process, reports how it ended.</summary>
internal sealed class ContainerRole(BootedMachine machine)
{
    private const int GuestFailed = 125;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(60);

    public async Task RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var commands = new HostCommands(machine.Rpc);
        machine.Transport.OnCommand = commands.AnswerAsync;
        var configuration = ReadConfiguration();
        var (id, session) = configuration.Sessions.First();
        var report = new SessionReport(machine.Rpc, GuestInfoKey.Root, id, session);
        GuestLog.Write($"container {configuration.Id}");

        try
        {
            using var root = await ContainerRoot.PrepareAsync(configuration, machine.Rpc, stop.Token).ConfigureAwait(false);
            await RunMainProcessAsync(configuration, session, report, commands, root, stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is LaunchException or IOException or TimeoutException or GuestConfigurationException)
        {
            GuestLog.Write(failure.Message);
            session.ExitStatus = (failure as LaunchException)?.ExitCode ?? GuestFailed;
            await report.ReportFailureAsync(failure.Message).ConfigureAwait(false);
        }
        await stop.CancelAsync().ConfigureAwait(false);
    }

    private static async Task RunMainProcessAsync(
        ExecutorConfiguration configuration,
        SessionConfiguration session,
        SessionReport report,
        HostCommands commands,
        ContainerRoot root,
        CancellationToken cancellationToken)
    {
        var log = OutputLogPort.Open();
        var processes = new ContainerProcesses(configuration, session, report, root, log);
        commands.Target = processes;
        var attach = configuration.Attach;
        var isLinked = attach.Key.Length == AttachConfiguration.KeyLength;
        await using var tether = new TetherSession(
            configuration.Id,
            isLinked ? attach.Key : new byte[AttachConfiguration.KeyLength],
            processes,
            isLinked ? null : new TetherSessionOptions { OutputGrace = TimeSpan.Zero });
        _ = EndpointLink.Create(attach, tether)?.RunAsync(cancellationToken);
        if (!session.RunBlock || !isLinked)
            tether.StartMain();

        try
        {
            var exit = await tether.MainExited.ConfigureAwait(false);
            GuestLog.Write($"the main process ended with {exit.Code}");
            session.ExitStatus = exit.Code;
        }
        finally
        {
            await tether.DrainAsync(DrainLimit, cancellationToken).ConfigureAwait(false);
            await log.DrainAsync().ConfigureAwait(false);
            root.Release();
        }
        await report.ReportExitAsync().ConfigureAwait(false);
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
