using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Changes of a virtual machine's extraConfig, each giving a new list.</summary>
internal static class ExtraConfiguration
{
    /// <summary>The list with one more or another value.</summary>
    public static List<OptionValue> With(IReadOnlyList<OptionValue>? options, string key, string value)
    {
        var changed = new List<OptionValue>(options ?? []);
        var index = changed.FindIndex(option => option.Key == key);
        var option = new OptionValue { Key = key, Value = value };
        if (index < 0)
        {
            changed.Add(option);
        }
        else
        {
            changed[index] = option;
        }

        return changed;
    }

    /// <summary>The list with all changes of a specification: an empty value removes its key.</summary>
    public static List<OptionValue> Merge(IReadOnlyList<OptionValue>? options, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var order = new List<string>();
        var values = new Dictionary<string, OptionValue>(StringComparer.Ordinal);
        foreach (var option in options ?? [])
        {
            if (values.TryAdd(option.Key, option))
            {
                order.Add(option.Key);
            }
        }

        foreach (var (key, value) in changes)
        {
            if (value.Length == 0)
            {
                values.Remove(key);
                continue;
            }

            if (!values.ContainsKey(key))
            {
                order.Remove(key);
                order.Add(key);
            }

            values[key] = new OptionValue { Key = key, Value = value };
        }

        return [.. order.Where(values.ContainsKey).Select(key => values[key])];
    }
}
