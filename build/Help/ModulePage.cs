using System.Text;
using Vic.Build.Execution;

namespace Vic.Build.Help;

/// <summary>The page of the module: its description, and each cmdlet with its synopsis.</summary>
internal static class ModulePage
{
    public const string FileName = "VIC.md";

    public static string Write(ModuleFacts module, string date, string description, IEnumerable<HelpPage> pages)
    {
        var text = new StringBuilder();
        text.Append($"""
            ---
            document type: module
            HelpInfoUri: ''
            Locale: en-US
            Module Guid: {module.Guid}
            Module Name: {module.Name}
            ms.date: {date}
            PlatyPS schema version: 2024-05-01
            title: {module.Name} Module
            ---

            # {module.Name} Module

            ## Description

            {description}

            ## {module.Name} Cmdlets


            """);
        foreach (var page in pages)
        {
            text.Append($"### [{page.Name}]({page.Name}.md)\n\n{page.Synopsis}\n\n");
        }

        return text.ToString().TrimEnd('\n') + '\n';
    }

    /// <summary>The page with its list of cmdlets as it should be now; its description and date stay.</summary>
    /// <exception cref="BuildFailedException">The page has no description.</exception>
    public static string Refresh(string path, ModuleFacts module, IEnumerable<HelpPage> pages)
    {
        var lines = File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
        var description = MarkdownSection.Split(lines, level: 2).FirstOrDefault(section => section.Title == "Description")
            ?? throw new BuildFailedException($"{path}: it has no section 'Description'");
        return Write(module, FrontMatter.Read(lines)["ms.date"], description.Text, pages);
    }
}
