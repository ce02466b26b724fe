using Vic.Build.Execution;

namespace Vic.Build.Images;

/// <summary>Copies chosen files of an unpacked Debian package into the initramfs, symbolic links as links.</summary>
internal static class PackageFiles
{
    public static void AddTo(Initramfs content, string folder, PackageRecipe recipe)
    {
        foreach (var match in recipe.Files.SelectMany(pattern => Match(folder, recipe.Name, pattern)))
            Add(content, Path.GetRelativePath(folder, match), match);
    }

    public static void AddTo(Initramfs content, string folder, BundleRecipe recipe)
    {
        using var joined = new MemoryStream();
        foreach (var match in Match(folder, recipe.Package, recipe.Files))
            joined.Write(File.ReadAllBytes(match));
        content.AddFile(recipe.Path, joined.ToArray());
    }

    private static List<string> Match(string folder, string package, string pattern)
    {
        var directory = Path.Combine(folder, Path.GetDirectoryName(pattern) ?? string.Empty);
        var matches = Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, Path.GetFileName(pattern)).Order(StringComparer.Ordinal).ToList()
            : [];
        return matches.Count > 0 ? matches : throw new BuildFailedException($"Package {package} has no file {pattern}.");
    }

    private static void Add(Initramfs content, string path, string source)
    {
        var information = new FileInfo(source);
        if (information.LinkTarget is { } target)
            content.AddLink(path, target);
        else
            content.AddFile(path, File.ReadAllBytes(source), (information.UnixFileMode & UnixFileMode.UserExecute) != 0);
    }
}
