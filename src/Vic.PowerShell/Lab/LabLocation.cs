using Vic.Engine;
using Vic.PowerShell.Loading;

namespace Vic.PowerShell.Lab;

/// <summary>Finds the lab's program: beside the module's files, or in the build output of a source clone.</summary>
internal static class LabLocation
{
    private const string Program = "Vic.Lab.dll";

    /// <exception cref="VicException">The lab is not there.</exception>
    public static string Find()
    {
        var root = ModuleRoot.Path ?? Directory.GetCurrentDirectory();
        string[] candidates =
        [
            Path.Combine(root, "lab", Program),

            // The module as the build program stages it in a clone: artifacts/module/VIC beside artifacts/lab.
            Path.GetFullPath(Path.Combine(root, "..", "..", "lab", Program)),
            Path.Combine(root, "artifacts", "lab", Program),
            Path.Combine(root, "artifacts", "bin", "Vic.Lab", "release", Program),
            Path.Combine(root, "artifacts", "bin", "Vic.Lab", "debug", Program),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? throw new VicException(
            "LabNotFound", VicErrorKind.NotFound, $"The lab's program is neither in '{Path.Combine(root, "lab")}' nor built in this clone.")
        {
            RecommendedAction = "Build it with 'dotnet run --project build -- module'.",
            Target = root,
        };
    }
}
