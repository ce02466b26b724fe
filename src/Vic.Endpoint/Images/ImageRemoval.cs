namespace Vic.Endpoint.Images;

/// <summary>One line of what <c>docker rmi</c> prints; exactly one of the two is set.</summary>
/// <param name="Untagged">A name that is gone.</param>
/// <param name="Deleted">The id of an image or a layer that is gone.</param>
public sealed record ImageRemoval(string? Untagged, string? Deleted);
