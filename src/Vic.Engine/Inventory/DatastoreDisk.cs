namespace Vic.Engine.Inventory;

/// <summary>A virtual disk on a datastore.</summary>
/// <param name="Folder">The folder that it is in, <c>[datastore] path</c>.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Capacity">What it can hold, in bytes.</param>
/// <param name="Size">What it occupies, in bytes.</param>
/// <param name="Modified">When it was last written.</param>
internal sealed record DatastoreDisk(string Folder, string Name, long Capacity, long Size, DateTime? Modified);
