namespace Vic.Build.Help;

/// <summary>A heading of a markdown text, and the lines down to the next heading of its level.</summary>
internal sealed record MarkdownSection(string Title, IReadOnlyList<string> Lines)
{
    /// <summary>The lines as one text, without the empty ones around it.</summary>
    public string Text => string.Join('\n', Lines).Trim('\n');

    /// <summary>The sections that begin with headings of a level; a <c>#</c> within a fenced block is no heading.</summary>
    public static IReadOnlyList<MarkdownSection> Split(IEnumerable<string> lines, int level)
    {
        var mark = new string('#', level) + ' ';
        var sections = new List<(string Title, List<string> Lines)>();
        var fenced = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }

            if (!fenced && line.StartsWith(mark, StringComparison.Ordinal))
            {
                sections.Add((line[mark.Length..].Trim(), []));
            }
            else if (sections.Count > 0)
            {
                sections[^1].Lines.Add(line);
            }
        }

        return sections.ConvertAll(section => new MarkdownSection(section.Title, section.Lines));
    }
}
