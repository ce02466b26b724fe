namespace Vic.Build.Testing;

/// <summary>A project under <c>tests/</c>.</summary>
internal sealed record TestProject(string Name, string File)
{
    private const string EndToEnd = "Vic.EndToEnd.Tests";

    /// <summary>Finds the test projects, quick ones first; <paramref name="only"/> narrows to names that contain one of its words.</summary>
    public static IReadOnlyList<TestProject> Find(string folder, IReadOnlyList<string> only) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*.Tests.csproj", SearchOption.AllDirectories)
           let name = Path.GetFileNameWithoutExtension(file)
           where only.Count == 0 || only.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
           orderby name == EndToEnd, name
           select new TestProject(name, file),
    ];

    /// <summary>Runs the project's tests; a run that breaks off counts as one failed test, whatever it reported before.</summary>
    public async Task<IReadOnlyList<TestCase>> RunAsync(BuildContext context, string filter, CancellationToken cancellationToken)
    {
        var results = Path.Combine(context.Artifacts, "test-results", Name);
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        int code;
        try
        {
            code = await context.Tools.RunAsync(
                new(
                    "dotnet", "test", File, "-c", BuildContext.Configuration, "--no-build", "--nologo", "--filter", filter,
                    "--logger", "trx;LogFileName=results.trx", "--logger", "console;verbosity=minimal", "--results-directory", results),
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return [new(Name, TestOutcome.Failed, TimeSpan.Zero, "stopped: the run reached its time limit")];
        }

        var report = Path.Combine(results, "results.trx");
        IReadOnlyList<TestCase> cases = System.IO.File.Exists(report) ? TestReport.Read(report) : [];
        return code == 0 || cases.Any(test => test.Outcome == TestOutcome.Failed)
            ? cases
            : [.. cases, new(Name, TestOutcome.Failed, TimeSpan.Zero, $"the test run ended with exit code {code} before its end")];
    }
}
