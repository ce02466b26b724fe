namespace Vic.Engine.Requests;

/// <summary>A place for volumes.</summary>
/// <param name="Label">The name that Docker users give to choose it; <c>default</c> takes volumes that name none.</param>
/// <param name="Location"><c>datastore/folder</c>, <c>ds://datastore/folder</c> or <c>nfs://host/folder?uid=1000&amp;gid=1000&amp;proto=tcp</c>.</param>
public sealed record VolumeStoreRequest(string Label, string Location);
