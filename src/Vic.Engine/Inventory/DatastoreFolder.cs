namespace Vic.Engine.Inventory;

/// <summary>A folder on a datastore.</summary>
/// <param name="Datastore">The datastore's name.</param>
/// <param name="Name">The folder's path below the datastore's root, with slashes.</param>
internal sealed record DatastoreFolder(string Datastore, string Name)
{
    /// <summary>The folder of a file given as <c>[datastore] folder/file</c>.</summary>
    /// <exception cref="FormatException">The path has another form.</exception>
    public static DatastoreFolder OfFile(string path)
    {
        var close = path.IndexOf("] ", StringComparison.Ordinal);
        var slash = path.LastIndexOf('/');
        return path.StartsWith("[", StringComparison.Ordinal) && close > 1 && slash > close + 2
            ? new DatastoreFolder(path.Substring(1, close - 1), path.Substring(close + 2, slash - close - 2))
            : throw new FormatException($"'{path}' is not a file in a folder of a datastore.");
    }

    /// <summary>The parent folder; null for a folder in the root.</summary>
    public DatastoreFolder? Parent => Name.LastIndexOf('/') is > 0 and var slash ? this with { Name = Name.Substring(0, slash) } : null;

    public DatastoreFolder Child(string name) => this with { Name = Name.Length == 0 ? name : $"{Name}/{name}" };

    public string File(string name) => $"[{Datastore}] {Name}/{name}";

    public override string ToString() => $"[{Datastore}] {Name}";
}
