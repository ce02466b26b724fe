using System.Globalization;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// The limits of a pool as the text of a key: a change notes those that it has found beside its mark, so that they can be set back when its process has died.
/// </summary>
internal static class LimitsText
{
    private const char ResourceSeparator = '|';
    private const char PartSeparator = ',';
    private const int Parts = 5;

    public static string Of(ResourceConfigSpec limits) => $"{Of(limits.CpuAllocation)}{ResourceSeparator}{Of(limits.MemoryAllocation)}";

    /// <returns>The limits; null when the text is none.</returns>
    public static ResourceConfigSpec? TryParse(string text) =>
        text.Split(ResourceSeparator) is [var processors, var memory] && Parse(processors) is { } cpu && Parse(memory) is { } bytes
            ? new ResourceConfigSpec { CpuAllocation = cpu, MemoryAllocation = bytes }
            : null;

    private static string Of(ResourceAllocationInfo allocation) => string.Join(
        PartSeparator.ToString(),
        (allocation.Limit ?? -1).ToString(CultureInfo.InvariantCulture),
        (allocation.Reservation ?? 0).ToString(CultureInfo.InvariantCulture),
        allocation.ExpandableReservation ?? true,
        allocation.Shares?.Level ?? SharesLevel.Normal,
        (allocation.Shares?.Shares ?? 0).ToString(CultureInfo.InvariantCulture));

    private static ResourceAllocationInfo? Parse(string text)
    {
        var parts = text.Split(PartSeparator);
        return parts.Length == Parts
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var reservation)
            && bool.TryParse(parts[2], out var isExpandable)
            && Enum.TryParse<SharesLevel>(parts[3], out var level)
            && int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var shares)
            ? new ResourceAllocationInfo
            {
                Limit = limit,
                Reservation = reservation,
                ExpandableReservation = isExpandable,
                Shares = new SharesInfo { Level = level, Shares = shares },
            }
            : null;
    }
}
