using System.Globalization;

namespace Vic.Build.Testing;

/// <summary>Adds up the test runs and prints what a reader wants to know last.</summary>
internal sealed class TestSummary
{
    private const int SlowestShown = 10;

    // How a line begins with which a test tells a figure; no test passes or fails by it.
    private const string FigureMark = "measured: ";

    private readonly List<TestCase> _cases = [];

    public int Passed => Count(TestOutcome.Passed);

    public int Failed => Count(TestOutcome.Failed);

    private int Skipped => Count(TestOutcome.Skipped);

    public void Add(IEnumerable<TestCase> cases) => _cases.AddRange(cases);

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("The ten slowest tests:");
        foreach (var test in _cases.OrderByDescending(test => test.Duration).Take(SlowestShown))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {test.Duration.TotalSeconds,7:F1} s  {test.Name}"));
        }

        PrintFigures(output);
        PrintAll(output, TestOutcome.Skipped, "Skipped:");
        PrintAll(output, TestOutcome.Failed, "Failed:");
        output.WriteLine();
        output.WriteLine(Skipped == 0 ? $"{Passed} passed, {Failed} failed" : $"{Passed} passed, {Failed} failed, {Skipped} skipped");
    }

    private void PrintFigures(TextWriter output)
    {
        var figures = _cases.SelectMany(test => test.Output.Split('\n'))
            .Where(line => line.StartsWith(FigureMark, StringComparison.Ordinal))
            .Select(line => line[FigureMark.Length..].TrimEnd())
            .ToList();
        if (figures.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Figures of this run:");
            figures.ForEach(figure => output.WriteLine($"  {figure}"));
        }
    }

    private void PrintAll(TextWriter output, TestOutcome outcome, string title)
    {
        if (Count(outcome) == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title);
        foreach (var test in _cases.Where(test => test.Outcome == outcome))
        {
            var reason = test.Message.Split('\n')[0].Trim();
            output.WriteLine($"  {test.Name}: {reason}");
        }
    }

    private int Count(TestOutcome outcome) => _cases.Count(test => test.Outcome == outcome);
}
