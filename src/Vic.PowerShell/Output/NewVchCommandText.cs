using System.Globalization;
using System.Management.Automation.Language;
using System.Text;
using Vic.Engine.Documents;

namespace Vic.PowerShell.Output;

/// <summary>Writes a configuration as the New-VCH command that asks for it, one parameter a line.</summary>
internal static class NewVchCommandText
{
    /// <param name="configuration">The configuration.</param>
    /// <param name="user">Who would run the command: another account is asked for its password.</param>
    public static string Write(VchConfiguration configuration, string user)
    {
        var lines = new List<string> { "New-VCH" };
        foreach (var pair in configuration.Values.Where(pair => pair.Key != nameof(VchConfiguration.OpsUserName)))
        {
            lines.Add(pair.Value is true ? $"-{pair.Key}" : $"-{pair.Key} {Literal(pair.Value)}");
        }

        if (configuration.OpsUserName is { } account && !string.Equals(account, user, StringComparison.OrdinalIgnoreCase))
        {
            lines.Add($"-OperationsCredential (Get-Credential {Literal(account)})");
        }

        return new StringBuilder().Append(string.Join(" `\n    ", lines)).Append('\n').ToString();
    }

    private static string Literal(object value) => value switch
    {
        string text => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'",
        IReadOnlyDictionary<string, object> members => $"@{{ {string.Join("; ", members.Select(member => $"{Literal(member.Key)} = {Literal(member.Value)}"))} }}",
        IReadOnlyList<object> items => string.Join(", ", items.Select(Literal)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
