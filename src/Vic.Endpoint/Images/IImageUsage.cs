namespace Vic.Endpoint.Images;

/// <summary>Answers which containers still need an image.</summary>
public interface IImageUsage
{
    /// <summary>The containers made from the image with this id (<c>sha256:...</c>).</summary>
    IReadOnlyList<ImageUser> UsersOf(string imageId);
}
