using System.Globalization;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Vim25.Benchmarks;

/// <summary>A client program that reads from the server, measured from outside.</summary>
internal sealed class MeasuredClient(string name, params IReadOnlyList<string> command)
{
    private static readonly string Launcher = Repository.PathOf("benchmarks/Vic.Vim25.Benchmarks/Clients/measured.py");

    public string Name => name;

    public async Task<Measurement> RunAsync(params IReadOnlyList<string> work)
    {
        var run = new Command("/usr/bin/python3", [Launcher, .. command, .. work])
        {
            Environment = new Dictionary<string, string?> { ["VIC_BENCHMARK_PASSWORD"] = "benchmark" },
        };
        var result = (await run.RunAsync(CancellationToken.None)).EnsureSuccess();
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var figures = lines[^1].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToList();
        return new Measurement(name, lines[0], figures[0], figures[1], figures[2] / 1024);
    }
}
