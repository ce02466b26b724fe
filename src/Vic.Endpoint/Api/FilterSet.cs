using System.Text.Json;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Api;

/// <summary>The <c>filters</c> of a list: names with sets of values, in either of the two JSON shapes that clients send.</summary>
public sealed class FilterSet
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <summary>Reads the parameter; empty text is no filter.</summary>
    public static FilterSet Parse(string text)
    {
        var set = new FilterSet();
        if (text.Length == 0)
        {
            return set;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var filter in document.RootElement.EnumerateObject())
            {
                set._values[filter.Name] = filter.Value.ValueKind == JsonValueKind.Array
                    ? [.. filter.Value.EnumerateArray().Select(value => value.GetString() ?? "")]
                    : [.. filter.Value.EnumerateObject().Where(value => value.Value.ValueKind == JsonValueKind.True).Select(value => value.Name)];
            }

            return set;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new EngineException(EngineErrorKind.InvalidParameter, "invalid filter", malformed);
        }
    }

    /// <summary>The values of a filter; empty when it was not given.</summary>
    public IReadOnlyList<string> this[string name] => _values.TryGetValue(name, out var values) ? values : [];

    /// <summary>Refuses a filter that the list does not have.</summary>
    public void Validate(params ReadOnlySpan<string> accepted)
    {
        foreach (var name in _values.Keys)
        {
            if (!accepted.Contains(name))
            {
                throw EngineException.InvalidParameter($"Invalid filter '{name}'");
            }
        }
    }

    /// <summary>Whether labels fit every <c>label</c> filter: <c>name</c> or <c>name=value</c>.</summary>
    public bool MatchesLabels(IReadOnlyDictionary<string, string> labels) => this["label"].All(label =>
    {
        var equals = label.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? labels.ContainsKey(label)
            : labels.TryGetValue(label[..equals], out var value) && value == label[(equals + 1)..];
    });
}
