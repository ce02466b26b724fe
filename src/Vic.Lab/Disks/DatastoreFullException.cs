namespace Vic.Lab.Disks;

/// <summary>There is no space left for a file (vim25 fault NoDiskSpace).</summary>
public sealed class DatastoreFullException(string path, long bytes)
    : IOException($"There is no room for {bytes} bytes of {System.IO.Path.GetFileName(path)}: free space on its datastore.")
{
    /// <summary>The file that did not fit.</summary>
    public string Path { get; } = path;
}
