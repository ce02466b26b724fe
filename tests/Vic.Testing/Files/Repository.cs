namespace Vic.Testing.Files;

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>A file or folder below the root, by its path with forward slashes.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VicPowerShell.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no VicPowerShell.sln above {AppContext.BaseDirectory}");
    }
}
