using System.Management.Automation;

namespace Vic.PowerShell.Pipeline;

/// <summary>Names that a user asked for, with wildcards; knows which of them nothing matched.</summary>
internal sealed class NameFilter
{
    private readonly IReadOnlyList<string> _names;
    private readonly HashSet<string> _matched = new(StringComparer.OrdinalIgnoreCase);

    public NameFilter(IReadOnlyList<string> names) => _names = names;

    /// <summary>Names without a wildcard that nothing matched: a pattern may well match nothing.</summary>
    public IEnumerable<string> NamesWithoutMatch =>
        _names.Where(name => !_matched.Contains(name) && !WildcardPattern.ContainsWildcardCharacters(name));

    public bool Matches(string value) => Matches(value, static name => name);

    public bool MatchesStart(string value) => _names.Count > 0 && Matches(value, static name => name + "*");

    private bool Matches(string value, Func<string, string> pattern)
    {
        var matches = _names.Where(name => WildcardPattern.Get(pattern(name), WildcardOptions.IgnoreCase).IsMatch(value)).ToList();
        _matched.UnionWith(matches);
        return _names.Count == 0 || matches.Count > 0;
    }
}
