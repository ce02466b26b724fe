namespace Vic.Build.Targets;

internal static class BenchTarget
{
    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(context.Root, "benchmarks");
        foreach (var project in Directory.EnumerateFiles(folder, "*.Benchmarks.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            BuildContext.Say($"measuring {Path.GetFileNameWithoutExtension(project)}");
            await context.Tools.RequireAsync(
                new("dotnet", ["run", "--project", project, "-c", BuildContext.Configuration, "--", .. context.Options]),
                cancellationToken);
        }

        return 0;
    }
}
