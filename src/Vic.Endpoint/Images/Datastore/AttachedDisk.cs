namespace Vic.Endpoint.Images.Datastore;

/// <summary>A disk that is attached to the endpoint VM.</summary>
/// <param name="Device">The block device in this VM.</param>
/// <param name="Key">The virtual device's key.</param>
/// <param name="Unit">Its unit on the controller.</param>
internal sealed record AttachedDisk(string Device, int Key, int Unit);
