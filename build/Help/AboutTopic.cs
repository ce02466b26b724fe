using System.Text;
using Vic.Build.Execution;

namespace Vic.Build.Help;

/// <summary>A topic that <c>Get-Help about_...</c> shows.</summary>
/// <param name="Name">Its name, <c>about_</c> included.</param>
/// <param name="Sections">SHORT DESCRIPTION, LONG DESCRIPTION and so on.</param>
internal sealed record AboutTopic(string Name, IReadOnlyList<MarkdownSection> Sections)
{
    private const int Width = 80;
    private const int Indentation = 4;

    /// <summary>Reads the topic of a markdown file.</summary>
    /// <exception cref="BuildFailedException">It does not begin with its name and a short description.</exception>
    public static AboutTopic Read(string path)
    {
        var lines = File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n');
        var topic = new AboutTopic(FrontMatter.Read(lines)["title"], MarkdownSection.Split(lines, level: 2));
        return topic.Name == Path.GetFileNameWithoutExtension(path) && topic.Sections is [{ Title: "SHORT DESCRIPTION" }, ..]
            ? topic
            : throw new BuildFailedException($"{path}: a topic has its file's name for a title, and begins with SHORT DESCRIPTION");
    }

    /// <summary>The text that the engine reads; it takes the fifth line for the synopsis.</summary>
    public string ToText()
    {
        var text = new StringBuilder($"TOPIC\n{new string(' ', Indentation)}{Name}\n\n");
        foreach (var section in Sections)
        {
            text.Append(section.Title).Append('\n');
            Append(text, section.Lines);
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + '\n';
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> lines)
    {
        var prose = new List<string>();
        var fenced = false;
        var began = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                Flush();
                fenced = !fenced;
                began |= fenced && Gap();
            }
            else if (fenced)
            {
                text.Append(' ', line.Length == 0 ? 0 : 2 * Indentation).Append(line).Append('\n');
            }
            else if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                Flush();
                began |= Gap();
                text.Append("  ").Append(PlainText.Plain(line[4..])).Append('\n');
            }
            else
            {
                prose.Add(line);
            }
        }

        Flush();

        bool Gap()
        {
            if (began)
            {
                text.Append('\n');
            }

            return true;
        }

        void Flush()
        {
            var wasItem = false;
            foreach (var paragraph in PlainText.Paragraphs(string.Join('\n', prose)))
            {
                var isItem = paragraph.StartsWith("- ", StringComparison.Ordinal);
                if (!(isItem && wasItem))
                {
                    Gap();
                }

                began = true;
                wasItem = isItem;
                text.AppendJoin('\n', PlainText.Wrap(paragraph, Indentation, Width)).Append('\n');
            }

            prose.Clear();
        }
    }
}
