using System.Text;
using Vic.Build.Execution;

namespace Vic.Build.Help;

/// <summary>
/// The YAML block of a parameter in the schema 2024-05-01 of Microsoft.PowerShell.PlatyPS (its ParameterMetadataV2): block style, with
/// plain scalars but for texts that YAML would read as something else.
/// </summary>
internal static class ParameterYaml
{
    public static string Write(ParameterFacts parameter)
    {
        var yaml = new StringBuilder();
        yaml.Append("Type: ").Append(parameter.Type).Append('\n');
        yaml.Append("DefaultValue: ").Append(Scalar(parameter.DefaultValue)).Append('\n');
        yaml.Append("SupportsWildcards: ").Append(Flag(parameter.SupportsWildcards)).Append('\n');
        WriteList(yaml, "Aliases", parameter.Aliases);
        yaml.Append("ParameterSets:\n");
        foreach (var set in parameter.Sets)
        {
            yaml.Append("- Name: ").Append(set.Name).Append('\n');
            yaml.Append("  Position: ").Append(set.Position).Append('\n');
            yaml.Append("  IsRequired: ").Append(Flag(set.IsRequired)).Append('\n');
            yaml.Append("  ValueFromPipeline: ").Append(Flag(set.ValueFromPipeline)).Append('\n');
            yaml.Append("  ValueFromPipelineByPropertyName: ").Append(Flag(set.ValueFromPipelineByPropertyName)).Append('\n');
            yaml.Append("  ValueFromRemainingArguments: ").Append(Flag(set.ValueFromRemainingArguments)).Append('\n');
        }

        yaml.Append("DontShow: ").Append(Flag(parameter.DontShow)).Append('\n');
        WriteList(yaml, "AcceptedValues", parameter.AcceptedValues);
        yaml.Append("HelpMessage: ").Append(Scalar(parameter.HelpMessage)).Append('\n');
        return yaml.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    /// <exception cref="BuildFailedException">A key is missing, or there is one that does not belong there.</exception>
    public static ParameterFacts Read(string name, IReadOnlyList<string> lines)
    {
        var scalars = new Dictionary<string, string>(StringComparer.Ordinal);
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var sets = new List<Dictionary<string, string>>();
        var list = "";
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (line.StartsWith("- ", StringComparison.Ordinal) && list == "ParameterSets")
            {
                sets.Add([]);
                Add(sets[^1], line[2..]);
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal) && sets.Count > 0)
            {
                Add(sets[^1], line[2..]);
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal) && lists.TryGetValue(list, out var items))
            {
                items.Add(Unquote(line[2..]));
            }
            else if (line.EndsWith(':') || line.EndsWith(": []", StringComparison.Ordinal))
            {
                list = line[..line.IndexOf(':', StringComparison.Ordinal)];
                lists[list] = [];
            }
            else
            {
                Add(scalars, line);
            }
        }

        try
        {
            return new ParameterFacts(
                name,
                scalars["Type"],
                scalars["DefaultValue"],
                IsTrue(scalars["SupportsWildcards"]),
                lists["Aliases"],
                sets.ConvertAll(set => new ParameterSetFacts(
                    set["Name"],
                    set["Position"],
                    IsTrue(set["IsRequired"]),
                    IsTrue(set["ValueFromPipeline"]),
                    IsTrue(set["ValueFromPipelineByPropertyName"]),
                    IsTrue(set["ValueFromRemainingArguments"]))),
                IsTrue(scalars["DontShow"]),
                lists["AcceptedValues"],
                scalars["HelpMessage"]);
        }
        catch (KeyNotFoundException missing)
        {
            throw new BuildFailedException($"the YAML of -{name} is not complete: {missing.Message}");
        }

        void Add(Dictionary<string, string> values, string line)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0)
            {
                throw new BuildFailedException($"the YAML of -{name} has a line that is no 'key: value': {line}");
            }

            values[line[..colon]] = Unquote(line[(colon + 2)..]);
        }
    }

    private static void WriteList(StringBuilder yaml, string key, IReadOnlyList<string> items)
    {
        yaml.Append(key).Append(items.Count == 0 ? ": []\n" : ":\n");
        foreach (var item in items)
        {
            yaml.Append("- ").Append(Scalar(item)).Append('\n');
        }
    }

    private static string Scalar(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Unquote(string text) =>
        text.Length > 1 && text[0] == '\'' && text[^1] == '\'' ? text[1..^1].Replace("''", "'", StringComparison.Ordinal) : text;

    private static string Flag(bool value) => value ? "true" : "false";

    private static bool IsTrue(string value) => value == "true";
}
