namespace Vic.Vim25;

/// <summary>A server refused to serve, store or delete a file on a datastore.</summary>
public sealed class DatastoreFileException : VimException
{
    internal DatastoreFileException(string operation, string datastore, string path, int statusCode, Exception? innerException = null)
        : base($"{operation} of [{datastore}] {path} failed: {Reason(statusCode)}.", innerException)
    {
        Datastore = datastore;
        Path = path;
        StatusCode = statusCode;
    }

    /// <summary>The datastore's name.</summary>
    public string Datastore { get; }

    /// <summary>The path within the datastore.</summary>
    public string Path { get; }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>Is the file not there?</summary>
    public bool IsNotFound => StatusCode == 404;

    private static string Reason(int statusCode) => statusCode switch
    {
        401 => "the session is not logged in (HTTP 401)",
        403 => "permission is missing (HTTP 403)",
        404 => "it does not exist (HTTP 404)",
        507 => "the datastore is full (HTTP 507)",
        _ => $"HTTP status {statusCode}",
    };
}
