namespace Vic.PowerShell.Loading;

/// <summary>The folder of the module's manifest: the shipped module, or the source clone that it was built in.</summary>
internal static class ModuleRoot
{
    private const string Manifest = "VIC.psd1";

    /// <summary>The full path; null when the assembly was loaded from somewhere else, as tests do.</summary>
    public static string? Path { get; } = Find(System.IO.Path.GetDirectoryName(typeof(ModuleRoot).Assembly.Location));

    private static string? Find(string? folder)
    {
        while (!string.IsNullOrEmpty(folder) && !File.Exists(System.IO.Path.Combine(folder, Manifest)))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
