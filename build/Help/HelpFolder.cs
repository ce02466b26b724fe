namespace Vic.Build.Help;

/// <summary>The folder <c>docs/help</c>: a page for each cmdlet, one for the module, and topics under <c>about</c>.</summary>
internal sealed class HelpFolder(string root)
{
    private string Folder { get; } = Path.Combine(root, "docs", "help");

    public string ModulePagePath => Path.Combine(Folder, ModulePage.FileName);

    public string PathOf(string command) => Path.Combine(Folder, command + ".md");

    /// <summary>The names of the cmdlets that have a page.</summary>
    public IReadOnlyList<string> Commands() => Directory.EnumerateFiles(Folder, "*-*.md")
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Order(StringComparer.OrdinalIgnoreCase)
        .ToList();

    public IReadOnlyList<HelpPage> Pages() => Commands().Select(command => HelpPageFormat.Read(PathOf(command))).ToList();

    public IReadOnlyList<AboutTopic> Topics() => Directory.EnumerateFiles(Path.Combine(Folder, "about"), "about_*.md")
        .Order(StringComparer.Ordinal)
        .Select(AboutTopic.Read)
        .ToList();

    /// <summary>Writes what <c>Get-Help</c> reads: the cmdlets' help as MAML, and the topics as text.</summary>
    public void WriteHelpFiles(string moduleRoot)
    {
        var target = Directory.CreateDirectory(Path.Combine(moduleRoot, "en-US")).FullName;
        foreach (var stale in Directory.EnumerateFiles(target))
        {
            File.Delete(stale);
        }

        File.WriteAllText(Path.Combine(target, HelpPageFormat.HelpFile), MamlWriter.Write(Pages()));
        foreach (var topic in Topics())
        {
            File.WriteAllText(Path.Combine(target, $"{topic.Name}.help.txt"), topic.ToText());
        }
    }
}
