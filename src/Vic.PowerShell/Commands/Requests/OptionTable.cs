using System.Collections;
using System.Management.Automation;
using Vic.Engine;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>Names and values that a user gave as a hashtable, or that <c>ConvertFrom-Json</c> has made of an object.</summary>
internal sealed class OptionTable
{
    private readonly Dictionary<string, object?> _values;

    private OptionTable(Dictionary<string, object?> values) => _values = values;

    /// <summary>The names and their values.</summary>
    public IReadOnlyDictionary<string, object?> Values => _values;

    /// <summary>Reads a table; null when the argument is something else.</summary>
    public static OptionTable? TryRead(PSObject argument)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        switch (argument.BaseObject)
        {
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    values[entry.Key.ToString()!] = entry.Value;
                }

                return new OptionTable(values);
            case PSCustomObject:
                foreach (var property in argument.Properties)
                {
                    values[property.Name] = property.Value;
                }

                return new OptionTable(values);
            default:
                return null;
        }
    }

    /// <returns>The table itself.</returns>
    /// <exception cref="VicException">The table has another name than these.</exception>
    public OptionTable RefuseOthers(string parameter, params string[] names)
    {
        if (_values.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } strange)
        {
            throw new VicException(
                "UnknownOption", VicErrorKind.InvalidInput, $"-{parameter} knows no '{strange}'; it takes {string.Join(", ", names)}.") { Target = strange };
        }

        return this;
    }

    public object? Get(string name) => _values.TryGetValue(name, out var value) ? value : null;

    public string? Text(string name) => Get(name)?.ToString();

    public IReadOnlyList<string> Texts(string name) => Get(name) switch
    {
        null => [],
        PSObject { BaseObject: IEnumerable items and not string } => items.Cast<object>().Select(item => item.ToString()!).ToList(),
        IEnumerable items and not string => items.Cast<object>().Select(item => item.ToString()!).ToList(),
        var single => [single.ToString()!],
    };
}
