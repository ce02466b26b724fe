using Vic.Endpoint.Images;

namespace Vic.Endpoint.Tests.Images;

internal sealed class ListedUsage : IImageUsage
{
    public Dictionary<string, List<ImageUser>> Users { get; } = [];

    public IReadOnlyList<ImageUser> UsersOf(string imageId) => Users.GetValueOrDefault(imageId) ?? [];
}
