namespace Vic.Lab.Disks;

/// <summary>There is no space left for a virtual disk (vim25 fault NoDiskSpace).</summary>
public sealed class DatastoreFullException(string message) : IOException(message);
