namespace Vic.Engine.Changes;

/// <summary>Collects the settings that differ from what is asked for.</summary>
internal sealed class SettingList
{
    private const string Nothing = "none";

    private readonly List<SettingChange> _changes = [];

    public IReadOnlyList<SettingChange> Changes => _changes;

    /// <summary>Notes a setting when it differs.</summary>
    /// <returns>Whether it does.</returns>
    public bool Compare(string setting, string present, string wanted, bool needsRestart = true)
    {
        var differs = !string.Equals(present, wanted, StringComparison.Ordinal);
        if (differs)
        {
            Add(setting, present, wanted, needsRestart);
        }

        return differs;
    }

    /// <summary>Notes a list when it differs.</summary>
    public bool Compare(string setting, IEnumerable<string> present, IEnumerable<string> wanted) =>
        Compare(setting, string.Join(", ", present), string.Join(", ", wanted));

    /// <summary>Notes a setting that differs.</summary>
    public void Add(string setting, string present, string wanted, bool needsRestart = true) =>
        _changes.Add(new SettingChange(setting, Text(present), Text(wanted), needsRestart));

    private static string Text(string value) => value.Length == 0 ? Nothing : value;
}
