namespace Vic.Lab.Inventory;

/// <summary>Which methods of an object are disabled, and by whom; each source enables what it disabled.</summary>
internal sealed class DisabledMethods
{
    private readonly Dictionary<(string Method, string Source), string?> reasons = [];

    public void Disable(string method, string source, string? reason) => reasons[(method, source)] = reason;

    public void Enable(string method, string source) => reasons.Remove((method, source));

    /// <summary>The source that disabled the method, or null.</summary>
    public string? SourceOf(string method)
        => reasons.Keys.Where(key => key.Method == method).Select(key => key.Source).FirstOrDefault();

    public IReadOnlyList<(string Method, string Source, string? Reason)> All
        => [.. reasons.Select(entry => (entry.Key.Method, entry.Key.Source, entry.Value))];
}
