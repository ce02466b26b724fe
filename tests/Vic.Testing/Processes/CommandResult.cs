using System.Text;

namespace Vic.Testing.Processes;

/// <summary>What a finished command printed and how it ended.</summary>
public sealed record CommandResult(string CommandLine, int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>Returns the result when the exit code is 0; otherwise throws with everything the command printed.</summary>
    public CommandResult EnsureSuccess() =>
        ExitCode == 0
            ? this
            : throw new InvalidOperationException($"'{CommandLine}' ended with {ExitCode}\nstdout: {Output}\nstderr: {Error}");
}
