using System.Text;

namespace Vic.Tether.Container;

/// <summary>Answers the host's commands: vSphere's "shut down guest" asks the main process to end.</summary>
internal sealed class HostCommands
{
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
        _ = Target?.ShutdownAsync().AsTask();
        return string.Empty;
    }
}
