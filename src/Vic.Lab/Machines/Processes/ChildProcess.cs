using System.Diagnostics;

namespace Vic.Lab.Machines.Processes;

/// <summary>A running program that was started by <see cref="ChildProcessHost"/>.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int DiagnosticsLimit = 4096;
    private readonly Process _process;
    private readonly Task<string> _diagnostics;

    internal ChildProcess(Process process)
    {
        _process = process;
        _diagnostics = ReadDiagnosticsAsync(process.StandardError);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        Exited = WaitAsync();
    }

    public int Id => _process.Id;

    /// <summary>Completes with the exit code when the program has ended.</summary>
    public Task<int> Exited { get; }

    /// <summary>The end of what the ended program wrote to standard error.</summary>
    public async Task<string> GetDiagnosticsAsync() => (await _diagnostics.ConfigureAwait(false)).Trim();

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited.ConfigureAwait(false);
        await _diagnostics.ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    private static async Task<string> ReadDiagnosticsAsync(StreamReader reader)
    {
        var tail = "";
        var buffer = new char[1024];
        int count;
        while ((count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            tail += new string(buffer, 0, count);
            if (tail.Length > DiagnosticsLimit)
            {
                tail = tail[^DiagnosticsLimit..];
            }
        }

        return tail;
    }
}
