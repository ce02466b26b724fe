namespace Vic.Engine.Documents;

/// <summary>Checks names and values of a configuration against the options that there are.</summary>
internal static class ConfigurationReader
{
    // A document may name its schema; that says nothing about the VCH.
    private const string SchemaName = "$schema";

    public static VicException Invalid(IReadOnlyList<string> problems, Exception? cause = null) => new(
        "ConfigurationInvalid",
        VicErrorKind.InvalidInput,
        $"The configuration cannot be used:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}",
        cause);

    /// <exception cref="VicException">Something is wrong; all problems are listed.</exception>
    public static SortedList<int, (VchOption Option, object Value)> Read(IReadOnlyDictionary<string, object?> values)
    {
        var read = new SortedList<int, (VchOption, object)>();
        var problems = new List<string>();
        foreach (var pair in values.Where(pair => pair.Value is not null && pair.Key != SchemaName))
        {
            var index = IndexOf(pair.Key);
            if (index < 0)
            {
                problems.Add($"'{pair.Key}' is no property of a configuration.");
            }
            else if (Convert(VchOptions.All[index].Kind, pair.Key, pair.Value!, problems) is { } value)
            {
                read[index] = (VchOptions.All[index], value);
            }
        }

        return problems.Count == 0 ? read : throw Invalid(problems);
    }

    private static int IndexOf(string name)
    {
        for (var index = 0; index < VchOptions.All.Count; index++)
        {
            // As PowerShell's parameters do.
            if (string.Equals(VchOptions.All[index].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private static object? Convert(OptionKind kind, string name, object value, List<string> problems)
    {
        var (result, expected) = kind switch
        {
            OptionKind.Text => (value as string, "a text"),
            OptionKind.Whole => (value is long and >= 0 and <= int.MaxValue ? value : null, "a whole number from 0"),
            OptionKind.Number => (Number(value), "a number from 0"),
            OptionKind.Flag => (value is bool ? value : null, "true or false"),
            OptionKind.Texts => (Texts(value), "a list of texts"),
            OptionKind.Map => (Map(value), "an object of texts"),
            _ => ((object?)Networks(name, value, problems), "a list of objects"),
        };
        if (result is null)
        {
            problems.Add($"'{name}' takes {expected}.");
        }

        return result;
    }

    private static object? Number(object value) => value switch
    {
        long whole and >= 0 => (double)whole,
        double and >= 0 => value,
        _ => null,
    };

    private static List<object>? Texts(object value) => value switch
    {
        string single => [single],
        IEnumerable<object?> items when items.All(item => item is string) => items.Cast<object>().ToList(),
        _ => null,
    };

    private static SortedDictionary<string, object>? Map(object value) =>
        value is IReadOnlyDictionary<string, object?> members && members.Values.All(member => member is string)
            ? new SortedDictionary<string, object>(members.ToDictionary(member => member.Key, member => member.Value!), StringComparer.Ordinal)
            : null;

    private static List<object>? Networks(string name, object value, List<string> problems)
    {
        // PowerShell gives a list of one as the one.
        var items = value is IReadOnlyDictionary<string, object?> single ? [single] : (value as IEnumerable<object?>)?.ToList();
        return items is null || items.Any(item => item is not IReadOnlyDictionary<string, object?>)
            ? null
            : items.Cast<IReadOnlyDictionary<string, object?>>().Select(item => (object)Network(name, item, problems)).ToList();
    }

    private static SortedDictionary<string, object> Network(string name, IReadOnlyDictionary<string, object?> members, List<string> problems)
    {
        var network = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in members.Where(member => member.Value is not null))
        {
            if (ContainerNetworkDocument.Names.FirstOrDefault(known => string.Equals(known, member.Key, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                problems.Add($"'{name}' has '{member.Key}', which is no property of a container network.");
            }
            else if ((ContainerNetworkDocument.IsList(known) ? Texts(member.Value!) : (object?)(member.Value as string)) is { } value)
            {
                network[known] = value;
            }
            else
            {
                problems.Add($"'{known}' of '{name}' takes {(ContainerNetworkDocument.IsList(known) ? "a list of texts" : "a text")}.");
            }
        }

        if (!network.ContainsKey("Network"))
        {
            problems.Add($"'{name}' has an entry without 'Network'.");
        }

        return network;
    }
}
