using System.Text;

namespace Vic.Build.Targets;

/// <summary>All targets, in the order in which they are listed to the user.</summary>
internal sealed class TargetCatalog(IReadOnlyList<Target> targets)
{
    public static TargetCatalog Default { get; } = new(
    [
        new("packages", "install the Debian packages that the other targets need", [], PackagesTarget.RunAsync),
        new("build", "compile the solution", [], SolutionTarget.RunAsync),
        new("images", "make bootstrap.iso and appliance.iso", ["packages"], ImagesTarget.RunAsync),
        new("help", "bring docs/help up to the compiled cmdlets, and make the module's help of it", [], HelpTarget.RunAsync),
        new("module", "stage the module, the lab and the shell under artifacts/", ["build"], ModuleTarget.RunAsync),
        new("pack", "make the gallery package and the zip under artifacts/package", ["packages", "images", "module"], PackTarget.RunAsync),
        new("demo", "start the lab, deploy a VCH, run containers, clean up", ["packages", "images", "module"], DemoTarget.RunAsync),
        new("test", "run every test, the end-to-end ones included", ["packages", "images", "module"], TestTarget.RunAsync),
        new("soak", "run what takes longer: storms and long fuzzing", ["packages", "images", "module"], TestTarget.RunSoakAsync),
        new("bench", "run the benchmarks", ["packages", "images", "module"], BenchTarget.RunAsync),
        new("clean", "remove everything that was built", [], CleanTarget.RunAsync),
    ]);

    public Target? Find(string name) =>
        targets.FirstOrDefault(target => string.Equals(target.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Runs a target after the targets it depends on, each once; stops at the first that fails.</summary>
    /// <returns>The exit code of the target that failed, or 0.</returns>
    public async Task<int> RunAsync(Target target, BuildContext context, CancellationToken cancellationToken)
    {
        var order = new List<Target>();
        Collect(target, order);
        foreach (var step in order)
        {
            var code = await step.RunAsync(context, cancellationToken);
            if (code != 0)
            {
                return code;
            }
        }

        return 0;
    }

    public string Describe()
    {
        var text = new StringBuilder("usage: dotnet run --project build -- <target> [options]\n\ntargets:\n");
        foreach (var target in targets)
        {
            text.Append("  ").Append(target.Name.PadRight(10)).Append(target.Summary).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private void Collect(Target target, List<Target> order)
    {
        foreach (var name in target.DependsOn)
        {
            Collect(Find(name)!, order);
        }

        if (!order.Contains(target))
        {
            order.Add(target);
        }
    }
}
