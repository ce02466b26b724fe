using Vic.Build.Execution;

namespace Vic.Build.Images;

/// <summary>Copies chosen files of an unpacked Debian package into the initramfs, symbolic links as links.</summary>
internal static class PackageFiles
{
    public static void AddTo(Initramfs content, string folder, PackageRecipe recipe)
    {
        foreach (var pattern in recipe.Files)
        {
            var directory = Path.Combine(folder, Path.GetDirectoryName(pattern) ?? string.Empty);
            var matches = Directory.Exists(directory)
                ? Directory.EnumerateFiles(directory, Path.GetFileName(pattern)).Order(StringComparer.Ordinal).ToList()
                : [];
            if (matches.Count == 0)
                throw new BuildFailedException($"Package {recipe.Name} has no file {pattern}.");
            foreach (var match in matches)
                Add(content, Path.GetRelativePath(folder, match), match);
        }
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
