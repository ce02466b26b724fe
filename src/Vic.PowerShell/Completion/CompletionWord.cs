using System.Management.Automation;
using System.Management.Automation.Language;

namespace Vic.PowerShell.Completion;

/// <summary>What has been typed of an argument, and what it may become.</summary>
internal static class CompletionWord
{
    /// <summary>The names that begin with the word, quoted where PowerShell would read them as more than one.</summary>
    public static IEnumerable<CompletionResult> Complete(string? word, IEnumerable<string> names)
    {
        var pattern = WildcardPattern.Get((word ?? "").Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return names.Where(pattern.IsMatch).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name)).ToList();
    }

    private static string Quote(string name) =>
        name.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.' or '/' or ':') && !name.StartsWith("-", StringComparison.Ordinal)
            ? name
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";
}
