using Vic.Vim25;

namespace Vic.Engine.Requests;

/// <summary>What a pool gets when its siblings want more than there is.</summary>
/// <param name="Level">Low, normal, high, or custom with a number.</param>
/// <param name="Number">The number of shares of a custom level; null with the others.</param>
public sealed record ShareRequest(SharesLevel Level, int? Number = null)
{
    /// <summary>What a level and a number ask for, each of which may be missing; null when both are. A number alone can only mean shares of its own.</summary>
    public static ShareRequest? Of(SharesLevel? level, int? number) =>
        level is null && number is null ? null : new ShareRequest(level ?? SharesLevel.Custom, number);
}
