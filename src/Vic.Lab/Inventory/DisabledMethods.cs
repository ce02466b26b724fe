namespace Vic.Lab.Inventory;

/// <summary>Which methods of an object are disabled, and by whom; each source enables what it disabled.</summary>
internal sealed class DisabledMethods
{
    // Nearly all objects disable nothing, so the table is made when it is first needed.
    private Dictionary<(string Method, string Source), Disabling>? disabled;

    /// <summary>Disables a method.</summary>
    /// <param name="method">Its name on the wire.</param>
    /// <param name="source">Who disables it; each source has one entry for a method.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="scope">The session with which this ends; null when it stays.</param>
    public void Disable(string method, string source, string? reason, object? scope)
        => (disabled ??= [])[(method, source)] = new Disabling(reason, scope);

    public void Enable(string method, string source) => disabled?.Remove((method, source));

    /// <summary>Enables what was disabled for the time of a session, and tells whether there was anything.</summary>
    public bool EndScope(object scope)
    {
        var ended = disabled?.Where(entry => ReferenceEquals(entry.Value.Scope, scope)).Select(entry => entry.Key).ToList() ?? [];
        ended.ForEach(key => disabled!.Remove(key));
        return ended.Count > 0;
    }

    /// <summary>The source that disabled the method, or null.</summary>
    public string? SourceOf(string method)
        => disabled?.Keys.Where(key => key.Method == method).Select(key => key.Source).FirstOrDefault();

    public IReadOnlyList<(string Method, string Source, string? Reason)> All
        => disabled is null ? [] : [.. disabled.Select(entry => (entry.Key.Method, entry.Key.Source, entry.Value.Reason))];

    private sealed record Disabling(string? Reason, object? Scope);
}
