using System.Globalization;
using System.Text;
using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Rpc;

namespace Vic.Tether.Container;

/// <summary>Answers the host's commands: vSphere's "shut down guest" asks the main process to end.</summary>
internal sealed class HostCommands(GuestRpc rpc)
{
    /// <summary>A day in seconds.</summary>
    private const uint LongestGrace = 24 * 60 * 60;

    /// <summary>What commands act on; nothing before the container is prepared.</summary>
    public ContainerProcesses? Target { get; set; }

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
        if (Target is { } processes)
            _ = Task.Run(() => ShutdownAsync(processes));
        return string.Empty;
    }

    /// <summary>Who asks may say how long it waits; the container's own grace counts otherwise.</summary>
    private async Task ShutdownAsync(ContainerProcesses processes)
    {
        if (await ReadGraceAsync().ConfigureAwait(false) is { } seconds)
            await processes.ShutdownAsync(TimeSpan.FromSeconds(seconds), CancellationToken.None).ConfigureAwait(false);
        else
            await processes.ShutdownAsync().ConfigureAwait(false);
    }

    private async Task<uint?> ReadGraceAsync()
    {
        try
        {
            var text = await rpc.GetAsync(GuestInfoNames.ShutdownGrace, CancellationToken.None).ConfigureAwait(false);
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestGrace ? seconds : null;
        }
        catch (IOException failure)
        {
            GuestLog.Write(failure.Message);
            return null;
        }
    }
}
