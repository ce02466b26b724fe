using System.Diagnostics;
using System.Text.Json;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Testing.Labs;

/// <summary>The lab as a process of its own, as Start-VICLab runs it.</summary>
public sealed class LabProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);
    private readonly Process _process;

    private LabProcess(Process process, LabFacts facts)
    {
        _process = process;
        Facts = facts;
    }

    public LabFacts Facts { get; }

    /// <summary>Starts the staged lab and waits until it serves.</summary>
    /// <param name="cancellationToken">Gives the lab up.</param>
    /// <param name="options">Command line options, such as <c>--model esx</c>.</param>
    public static async Task<LabProcess> StartAsync(CancellationToken cancellationToken, params IReadOnlyList<string> options)
    {
        var lab = Path.Combine(Repository.Artifacts, "lab", "Vic.Lab.dll");
        var parent = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var process = new Command("dotnet", [lab, "--parent-pid", parent, .. options]).Start();
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
            var facts = line is null ? null : JsonSerializer.Deserialize<LabFacts>(line, Wire);
            return new LabProcess(process, facts ?? throw new InvalidOperationException("the lab ended before it was ready"));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await new Command("/bin/kill", "-TERM", $"{_process.Id}").RunAsync(CancellationToken.None);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
