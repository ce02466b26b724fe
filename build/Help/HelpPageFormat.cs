using System.Text;
using Vic.Build.Execution;

namespace Vic.Build.Help;

/// <summary>
/// The markdown of a help page, in the schema 2024-05-01 that Microsoft.PowerShell.PlatyPS 1.0 reads and validates: a front matter, then
/// the sections of <see cref="SectionTitles"/> in this order.
/// </summary>
internal static class HelpPageFormat
{
    public const string HelpFile = "VIC-Help.xml";

    public static IReadOnlyList<string> SectionTitles { get; } =
    [
        "SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS",
    ];

    private const string Default = " (Default)";
    private const string CommonParameters = """
        ### CommonParameters

        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
        -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
        -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    public static string Write(HelpPage page)
    {
        var text = new StringBuilder();
        text.Append($"""
            ---
            document type: cmdlet
            external help file: {HelpFile}
            HelpUri: {(page.HelpUri.Length == 0 ? "''" : page.HelpUri)}
            Locale: en-US
            Module Name: VIC
            ms.date: {page.Date}
            PlatyPS schema version: 2024-05-01
            title: {page.Name}
            ---

            # {page.Name}


            """);
        Section("SYNOPSIS", page.Synopsis);
        Section("SYNTAX", Join(page.Syntax.Select(syntax => $"### {syntax.ParameterSet}{(syntax.IsDefault ? Default : "")}\n\n```\n{syntax.Text}\n```")));
        Section("ALIASES", string.Join('\n', page.Aliases.Select(alias => $"- `{alias}`")));
        Section("DESCRIPTION", page.Description);
        Section("EXAMPLES", Join(page.Examples.Select(example => $"### {example.Title}\n\n{example.Body}")));
        Section("PARAMETERS", Join(page.Parameters
            .Select(parameter => $"### -{parameter.Facts.Name}\n\n{parameter.Description}\n\n```yaml\n{ParameterYaml.Write(parameter.Facts)}```")
            .Append(CommonParameters)));
        Section("INPUTS", Join(page.Inputs.Select(type => $"### {type.Name}\n\n{type.Description}")));
        Section("OUTPUTS", Join(page.Outputs.Select(type => $"### {type.Name}\n\n{type.Description}")));
        Section("NOTES", page.Notes);
        Section("RELATED LINKS", page.Links);
        return text.ToString().TrimEnd('\n') + '\n';

        void Section(string title, string content) => text.Append($"## {title}\n\n").Append(content).Append(content.Length == 0 ? "" : "\n\n");
    }

    /// <summary>Reads a page.</summary>
    /// <exception cref="BuildFailedException">It does not have that form.</exception>
    public static HelpPage Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path).ReplaceLineEndings("\n"));
        }
        catch (BuildFailedException problem)
        {
            throw new BuildFailedException($"{path}: {problem.Message}");
        }
    }

    private static HelpPage Parse(string markdown)
    {
        var lines = markdown.Split('\n');
        var metadata = FrontMatter.Read(lines);
        var sections = MarkdownSection.Split(lines, level: 2);
        if (!sections.Select(section => section.Title).SequenceEqual(SectionTitles))
        {
            throw new BuildFailedException($"its sections are not {string.Join(", ", SectionTitles)} in this order");
        }

        var content = sections.ToDictionary(section => section.Title);
        return new HelpPage(
            metadata["title"],
            metadata["HelpUri"],
            metadata["ms.date"],
            content["SYNOPSIS"].Text,
            Items("SYNTAX").Select(Syntax).ToList(),
            content["ALIASES"].Lines.Where(line => line.Length > 0).Select(line => line.Trim('-', ' ', '`')).ToList(),
            content["DESCRIPTION"].Text,
            Items("EXAMPLES").Select(item => new HelpExample(item.Title, item.Text)).ToList(),
            Items("PARAMETERS").Where(item => item.Title != "CommonParameters").Select(Parameter).ToList(),
            Items("INPUTS").Select(item => new HelpType(item.Title, item.Text)).ToList(),
            Items("OUTPUTS").Select(item => new HelpType(item.Title, item.Text)).ToList(),
            content["NOTES"].Text,
            content["RELATED LINKS"].Text);

        IReadOnlyList<MarkdownSection> Items(string title) => MarkdownSection.Split(content[title].Lines, level: 3);
    }

    private static SyntaxFacts Syntax(MarkdownSection item)
    {
        var isDefault = item.Title.EndsWith(Default, StringComparison.Ordinal);
        return new SyntaxFacts(isDefault ? item.Title[..^Default.Length] : item.Title, isDefault, item.Text.Trim('`', '\n'));
    }

    private static HelpParameter Parameter(MarkdownSection item)
    {
        var name = item.Title.TrimStart('-');
        var lines = item.Lines.ToList();
        var start = lines.LastIndexOf("```yaml");
        var end = lines.LastIndexOf("```");
        return start < 0 || end < start
            ? throw new BuildFailedException($"-{name} has no block of YAML")
            : new HelpParameter(string.Join('\n', lines.Take(start)).Trim('\n'), ParameterYaml.Read(name, lines[(start + 1)..end]));
    }

    private static string Join(IEnumerable<string> items) => string.Join("\n\n", items);
}
