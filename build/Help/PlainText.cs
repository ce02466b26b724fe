using System.Text.RegularExpressions;

namespace Vic.Build.Help;

/// <summary>Markdown prose as a console shows it.</summary>
internal static partial class PlainText
{
    /// <summary>The paragraphs of a text: lines joined, items of lists one each, without marks of emphasis; a link is its words.</summary>
    public static IReadOnlyList<string> Paragraphs(string markdown)
    {
        var paragraphs = new List<string>();
        var open = false;
        foreach (var line in markdown.Split('\n'))
        {
            var isItem = line.StartsWith("- ", StringComparison.Ordinal);
            if (line.Length == 0)
            {
                open = false;
            }
            else if (open && !isItem)
            {
                paragraphs[^1] += ' ' + line.Trim();
            }
            else
            {
                paragraphs.Add(line.Trim());
                open = true;
            }
        }

        return paragraphs.ConvertAll(Plain);
    }

    public static string Plain(string markdown) => Link().Replace(markdown, "$1").Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    /// <summary>The links of a text.</summary>
    public static IEnumerable<(string Text, string Address)> Links(string markdown) =>
        Link().Matches(markdown).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>Breaks a paragraph into lines; those after the first of a list's item are indented further.</summary>
    public static IEnumerable<string> Wrap(string paragraph, int indentation, int width)
    {
        var margin = new string(' ', indentation);
        var hanging = paragraph.StartsWith("- ", StringComparison.Ordinal) ? margin + "  " : margin;
        var line = margin;
        var isEmpty = true;
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = hanging;
                isEmpty = true;
            }

            line += isEmpty ? word : ' ' + word;
            isEmpty = false;
        }

        yield return line;
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();
}
