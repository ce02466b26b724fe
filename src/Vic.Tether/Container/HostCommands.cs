using System.Text;
using Vic.Configuration;
using Vic.Guest.Processes;

namespace Vic.Tether.Container;

/// <summary>Answers the host's commands: vSphere's "shut down guest" asks the main process to end.</summary>
internal sealed class HostCommands(SessionConfiguration session)
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(10);

    /// <summary>The process that commands act on; none before it is started.</summary>
    public MainProcess? Target { get; set; }

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(command.Span).TrimEnd('\0');
        var reply = text switch
        {
            "ping" or "reset" or "Capabilities_Register" => string.Empty,
            "OS_Halt" or "OS_Reboot" => Stop(),
            _ => null,
        };
        return Task.FromResult(Encoding.UTF8.GetBytes(reply is null ? "ERROR Unknown command" : $"OK {reply}"));
    }

    private string Stop()
    {
        _ = StopAsync();
        return string.Empty;
    }

    private async Task StopAsync()
    {
        if (Target is not { } target)
            return;
        target.Signal(SignalNames.Parse(session.StopSignal) ?? SignalNames.Terminate);
        var grace = session.StopTimeout > 0 ? TimeSpan.FromSeconds(session.StopTimeout) : DefaultGrace;
        await Task.WhenAny(target.Exit, Task.Delay(grace)).ConfigureAwait(false);
        ProcessReaper.SignalAll(SignalNames.Kill);
    }
}
