namespace Vic.Endpoint.Images.Catalogue;

/// <summary>A layer of an image.</summary>
/// <param name="Id">The chain id's hexadecimal digits: the layer's name in the store.</param>
/// <param name="DiffId">The digest of its uncompressed archive.</param>
/// <param name="Size">The sum of its files' sizes in bytes.</param>
internal sealed record LayerRecord(string Id, string DiffId, long Size);
