namespace Vic.Endpoint.Machines.VSphere;

/// <summary>Paths as vSphere writes them: <c>[datastore] folder/file</c>.</summary>
internal static class DatastorePath
{
    /// <summary>The datastore's name; empty when the path is none.</summary>
    public static string DatastoreOf(string? path) =>
        path is ['[', ..] && path.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? path[1..end] : "";

    /// <summary>The folder of a file within its datastore; empty for one at the top.</summary>
    public static string FolderOf(string? path)
    {
        var name = path?[(path.IndexOf(']', StringComparison.Ordinal) + 1)..].Trim() ?? "";
        return name.LastIndexOf('/') is > 0 and var slash ? name[..slash] : "";
    }
}
