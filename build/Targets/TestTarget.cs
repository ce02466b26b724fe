using Vic.Build.Testing;

namespace Vic.Build.Targets;

internal static class TestTarget
{
    // What takes longer belongs to soak.
    private static readonly TimeSpan TestLimit = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan SoakLimit = TimeSpan.FromHours(6);

    public static Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken) =>
        RunAsync(context, "Category!=Soak", TestLimit, cancellationToken);

    public static Task<int> RunSoakAsync(BuildContext context, CancellationToken cancellationToken) =>
        RunAsync(context, "Category=Soak", SoakLimit, cancellationToken);

    private static async Task<int> RunAsync(BuildContext context, string filter, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(limit);

        var summary = new TestSummary();
        var projects = TestProject.Find(Path.Combine(context.Root, "tests"), context.Options);
        foreach (var project in projects)
        {
            BuildContext.Say($"testing {project.Name}");
            summary.Add(await project.RunAsync(context, filter, bounded.Token));
            cancellationToken.ThrowIfCancellationRequested();
        }

        summary.Print(Console.Out);
        return summary.Failed == 0 && summary.Passed > 0 ? 0 : 1;
    }
}
