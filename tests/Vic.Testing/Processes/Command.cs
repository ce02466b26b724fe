using System.Diagnostics;

namespace Vic.Testing.Processes;

/// <summary>A command line of a real program, run to its end.</summary>
public sealed record Command(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>Variables added to the inherited environment; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    /// <summary>What the command reads from its standard input, which then ends.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>Runs the command; a cancelled wait kills it with its children.</summary>
    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        await using var stop = cancellationToken.Register(static state => Kill((Process)state!), process);
        var input = FeedAsync(process);
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        await input;
        var result = new CommandResult(ToString(), process.ExitCode, await output, await error);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>Starts the command with its three streams redirected; the caller ends it.</summary>
    public Process Start()
    {
        var start = new ProcessStartInfo(FileName, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingDirectory ?? "",
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);

    private async Task FeedAsync(Process process)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command ended, or closed its input, before it had read everything.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
