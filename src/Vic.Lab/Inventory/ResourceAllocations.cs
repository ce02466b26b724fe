using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>Reservations, limits and shares.</summary>
internal static class ResourceAllocations
{
    /// <summary>An allocation without limit, with normal shares.</summary>
    public static ResourceAllocationInfo Unlimited(int normalShares) => new()
    {
        Reservation = 0,
        ExpandableReservation = true,
        Limit = -1,
        Shares = new SharesInfo { Level = SharesLevel.Normal, Shares = normalShares },
    };

    /// <summary>The old allocation with what a change names.</summary>
    public static ResourceAllocationInfo Merge(ResourceAllocationInfo? old, ResourceAllocationInfo? change, int normalShares)
    {
        var start = old ?? Unlimited(normalShares);
        return new ResourceAllocationInfo
        {
            Reservation = change?.Reservation ?? start.Reservation,
            ExpandableReservation = change?.ExpandableReservation ?? start.ExpandableReservation,
            Limit = change?.Limit ?? start.Limit,
            Shares = change?.Shares is { } shares ? Shares(shares, normalShares) : start.Shares,
            OverheadLimit = change?.OverheadLimit ?? start.OverheadLimit,
        };
    }

    /// <summary>Fills in the number that a level stands for.</summary>
    private static SharesInfo Shares(SharesInfo shares, int normalShares) => new()
    {
        Level = shares.Level,
        Shares = shares.Level switch
        {
            SharesLevel.Low => normalShares / 2,
            SharesLevel.Normal => normalShares,
            SharesLevel.High => normalShares * 2,
            _ => shares.Shares,
        },
    };
}
