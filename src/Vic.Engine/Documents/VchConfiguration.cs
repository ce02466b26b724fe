using Vic.Engine.Requests;

namespace Vic.Engine.Documents;

/// <summary>
/// Everything that would make a VCH again, except secrets and what belongs to one computer: names and values, the names being those of
/// <c>New-VCH</c>'s parameters. What has its usual value is left out.
/// </summary>
public sealed class VchConfiguration
{
    private readonly SortedList<int, (VchOption Option, object Value)> _values;

    private VchConfiguration(SortedList<int, (VchOption, object)> values) => _values = values;

    /// <summary>The values by name, in the order of the document: texts, numbers, booleans, lists, and dictionaries.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values =>
        _values.Values.Select(entry => new KeyValuePair<string, object>(entry.Option.Name, entry.Value)).ToList();

    /// <summary>The account by which the VCH works with vSphere; null when the configuration names none.</summary>
    public string? OpsUserName => _values.Values.FirstOrDefault(entry => !entry.Option.IsParameter).Value as string;

    /// <summary>The options that it names, in the order of the document.</summary>
    internal IReadOnlyList<VchOption> Options => _values.Values.Select(entry => entry.Option).ToList();

    /// <summary>The configuration of a request.</summary>
    public static VchConfiguration Of(VchRequest request)
    {
        var values = new SortedList<int, (VchOption, object)>();
        for (var index = 0; index < VchOptions.All.Count; index++)
        {
            if (VchOptions.All[index].Get(request) is { } value)
            {
                values.Add(index, (VchOptions.All[index], value));
            }
        }

        return new VchConfiguration(values);
    }

    /// <summary>Reads a JSON document.</summary>
    /// <exception cref="VicException">The text is not JSON, or a property is unknown or holds what it must not; all problems are listed.</exception>
    public static VchConfiguration Parse(string json)
    {
        try
        {
            return JsonReader.Read(json) is IReadOnlyDictionary<string, object?> values ? Read(values) : throw new FormatException("the document is not an object");
        }
        catch (FormatException exception)
        {
            throw ConfigurationReader.Invalid([exception.Message], exception);
        }
    }

    /// <summary>Reads names and values: strings, long or double numbers, booleans, lists, and dictionaries with string keys.</summary>
    /// <exception cref="VicException">A name is unknown, or a value is not what its name takes; all problems are listed.</exception>
    public static VchConfiguration Read(IReadOnlyDictionary<string, object?> values) => new(ConfigurationReader.Read(values));

    /// <summary>The document, with a line break at its end.</summary>
    public string ToJson() => JsonWriter.Write(Values);

    /// <summary>A request with everything that this configuration says.</summary>
    /// <exception cref="VicException">A word is none of those that a property takes.</exception>
    public VchRequest ApplyTo(VchRequest request)
    {
        try
        {
            return _values.Values.Aggregate(request, (current, entry) => entry.Option.Set(current, entry.Value));
        }
        catch (FormatException exception)
        {
            throw ConfigurationReader.Invalid([exception.Message], exception);
        }
    }

    /// <summary>In what another configuration differs from this one, one sentence a property.</summary>
    /// <param name="wanted">The other configuration.</param>
    public IReadOnlyList<string> DifferencesFrom(VchConfiguration wanted)
    {
        var differences = new List<string>();
        for (var index = 0; index < VchOptions.All.Count; index++)
        {
            var present = Describe(index);
            var other = wanted.Describe(index);
            if (present != other)
            {
                differences.Add($"{VchOptions.All[index].Name}: {present ?? "its usual value"}, and {other ?? "its usual value"} is asked for");
            }
        }

        return differences;
    }

    private string? Describe(int index) => _values.TryGetValue(index, out var entry) ? JsonWriter.WriteLine(entry.Value) : null;
}
