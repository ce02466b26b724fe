namespace Vic.PowerShell.Loading;

/// <summary>Finds the ISOs that the module brings, or that a source clone has built.</summary>
internal static class IsoLocation
{
    /// <summary>Where the ISO is, or where it is expected when it is not there.</summary>
    public static string Find(string name)
    {
        var root = ModuleRoot.Path ?? Directory.GetCurrentDirectory();
        string[] candidates =
        [
            Path.Combine(root, "images", name),

            // The module as the build program stages it in a clone: artifacts/module/VIC beside artifacts/images.
            Path.GetFullPath(Path.Combine(root, "..", "..", "images", name)),
            Path.Combine(root, "artifacts", "images", name),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? candidates[0];
    }
}
