using Vic.Guest.Streams;

namespace Vic.Guest.Processes;

/// <summary>A program that runs, or has run.</summary>
public sealed class GuestProcess : IDisposable
{
    private readonly int _process;
    private readonly PseudoTerminal? _terminal;
    private readonly DescriptorStream? _master;

    internal GuestProcess(
        int process,
        Task<ExitStatus> exit,
        PseudoTerminal? terminal,
        Stream? input,
        DescriptorStream output,
        DescriptorStream? error)
    {
        _process = process;
        _terminal = terminal;
        _master = terminal is null ? null : output;
        StandardInput = input;
        StandardOutput = output;
        StandardError = error;
        Exit = WatchAsync(exit);
    }

    /// <summary>The process number.</summary>
    public int Number => _process;

    /// <summary>Completes when the process has ended.</summary>
    public Task<ExitStatus> Exit { get; }

    /// <summary>Where to write its input; null when it has none.</summary>
    public Stream? StandardInput { get; }

    /// <summary>Its output; with a terminal, errors too.</summary>
    public Stream StandardOutput { get; }

    /// <summary>Its errors; null with a terminal.</summary>
    public Stream? StandardError { get; }

    /// <summary>The path of its terminal; null without one.</summary>
    internal string? Terminal => _terminal?.Path;

    /// <summary>Sends a signal to the process alone; false when it has ended.</summary>
    public bool Signal(int signal) => ProcessReaper.Shared.Signal(_process, signal);

    /// <summary>Sets the terminal's size in characters; nothing happens without a terminal.</summary>
    public void Resize(int columns, int rows)
    {
        if (_master is not null)
            PseudoTerminal.Resize(_master.Descriptor, (ushort)columns, (ushort)rows);
    }

    /// <summary>Closes what the guest still holds of the process.</summary>
    public void Dispose()
    {
        _terminal?.Dispose();
        StandardInput?.Dispose();
        StandardOutput.Dispose();
        StandardError?.Dispose();
    }

    private async Task<ExitStatus> WatchAsync(Task<ExitStatus> exit)
    {
        var status = await exit.ConfigureAwait(false);
        _terminal?.ReleaseSlave();
        return status;
    }
}
