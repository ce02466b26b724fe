using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Processes;
using Vic.Guest.Rpc;
using Vic.Tether.Container;

namespace Vic.Tether.Appliance;

/// <summary>One of the endpoint's services: started, watched, and started again when it ends.</summary>
internal sealed class Service(string name, SessionConfiguration session, GuestRpc rpc)
{
    private const string CertificateFile = "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt";
    private const string SearchPath = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly SessionReport _report = new(rpc, GuestInfoKey.Appliance, name, session);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var exit = await RunOnceAsync(cancellationToken).ConfigureAwait(false);
                GuestLog.Write($"{name} ended with {exit.Code}");
                session.ExitStatus = exit.Code;
                await _report.ReportExitAsync().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is LaunchException or IOException)
            {
                GuestLog.Write($"{name}: {failure.Message}");
                await _report.ReportFailureAsync(failure.Message).ConfigureAwait(false);
            }
            if (!session.Restart)
                return;
            session.Diagnostics.Resurrections++;
            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<ExitStatus> RunOnceAsync(CancellationToken cancellationToken)
    {
        List<string> arguments = session.Arguments.Count > 0 ? [.. session.Arguments] : [session.Path];
        if (session.Path.Length > 0)
            arguments[0] = session.Path;
        var request = new ProcessRequest
        {
            Arguments = arguments,
            Environment = [SearchPath, CertificateFile, "HOME=/root", .. session.Environment],
            Directory = session.WorkingDirectory.Length > 0 ? session.WorkingDirectory : "/",
        };
        using var process = await ProcessLauncher.StartAsync(request, cancellationToken).ConfigureAwait(false);
        await _report.ReportStartedAsync().ConfigureAwait(false);
        GuestLog.Write($"{name} runs as process {process.Number}");
        using var stop = cancellationToken.Register(() => _ = StopAsync(process));
        await Task.WhenAll(ServiceLog.CopyAsync(name, process.StandardOutput), ServiceLog.CopyAsync(name, process.StandardError!)).ConfigureAwait(false);
        return await process.Exit.ConfigureAwait(false);
    }

    private async Task StopAsync(GuestProcess process)
    {
        process.Signal(SignalNames.Parse(session.StopSignal) ?? SignalNames.Terminate);
        await Task.WhenAny(process.Exit, Task.Delay(Grace)).ConfigureAwait(false);
        process.Signal(SignalNames.Kill);
    }
}
