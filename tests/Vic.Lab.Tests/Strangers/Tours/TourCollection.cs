using System.Collections.Concurrent;
using System.Text.Json;
using Vic.Testing.Files;
using Vic.Testing.Govmomi;
using Vic.Testing.Processes;

namespace Vic.Lab.Tests.Strangers.Tours;

/// <summary>Runs each stranger's tour of each server at most once; the tests of its chapters share the report.</summary>
public sealed class TourCollection
{
    private const string Folder = "tests/Vic.Lab.Tests/Strangers";

    private readonly ConcurrentDictionary<(Stranger, TouredServer), Lazy<Task<TourReport>>> _reports = [];

    /// <summary>The names of a stranger's chapters, from their files.</summary>
    public static IEnumerable<string> ChaptersOf(Stranger stranger) => stranger == Stranger.Pyvmomi
        ? Names($"{Folder}/Pyvmomi/chapters", "*.py")
        : Names($"{Folder}/Govmomi", "chapter_*.go").Select(static name => name["chapter_".Length..]);

    public Task<TourReport> ReportAsync(Stranger stranger, TouredServer server)
        => _reports.GetOrAdd((stranger, server), static key => new(() => RunAsync(key.Item1, key.Item2))).Value;

    private static IEnumerable<string> Names(string folder, string pattern)
        => Directory.EnumerateFiles(Repository.PathOf(folder), pattern).Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    private static async Task<TourReport> RunAsync(Stranger stranger, TouredServer server)
    {
        // The tests of all chapters wait for this, so it is not given up with one of them.
        var cancellation = CancellationToken.None;
        var program = stranger == Stranger.Pyvmomi
            ? new Command("/usr/bin/python3", Repository.PathOf($"{Folder}/Pyvmomi/tour.py"))
            : new Command(await GoProgram.BuildAsync($"{Folder}/Govmomi", cancellation));
        await using var target = await TourTarget.StartAsync(server, cancellation);
        var result = await (program with { Environment = target.Environment }).RunAsync(cancellation);
        var chapters = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(result.EnsureSuccess().Output)!;
        return new TourReport(
            chapters.ToDictionary(chapter => chapter.Key, chapter => (IReadOnlyDictionary<string, string>)chapter.Value), target.CalledMethods);
    }
}
