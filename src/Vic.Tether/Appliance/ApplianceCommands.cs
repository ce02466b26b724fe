using System.Text;

namespace Vic.Tether.Appliance;

/// <summary>Answers the host's commands to the endpoint's machine.</summary>
internal sealed class ApplianceCommands
{
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the host wants the machine off (false) or restarted (true).</summary>
    public Task<bool> Ended => _ended.Task;

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        var known = true;
        switch (Encoding.UTF8.GetString(command.Span).TrimEnd('\0'))
        {
            case "ping" or "reset" or "Capabilities_Register":
                break;
            case "OS_Halt":
                _ended.TrySetResult(false);
                break;
            case "OS_Reboot":
                _ended.TrySetResult(true);
                break;
            default:
                known = false;
                break;
        }
        return Task.FromResult(known ? "OK "u8.ToArray() : "ERROR Unknown command"u8.ToArray());
    }
}
