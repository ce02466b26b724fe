using Vic.Build.Execution;

namespace Vic.Build.Help;

/// <summary>The lines of <c>key: value</c> between two rules at the top of a markdown file.</summary>
internal static class FrontMatter
{
    private const string Rule = "---";

    /// <summary>Reads the keys and values.</summary>
    /// <exception cref="BuildFailedException">The text does not begin with them, or a key that a page needs is missing.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0] != Rule)
        {
            throw new BuildFailedException("it does not begin with a front matter");
        }

        var values = lines
            .Skip(1)
            .TakeWhile(line => line != Rule)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => pair[^1].Trim('\''), StringComparer.Ordinal);
        foreach (var key in new[] { "title", "ms.date" })
        {
            if (!values.ContainsKey(key))
            {
                throw new BuildFailedException($"its front matter lacks '{key}'");
            }
        }

        return values;
    }
}
