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

    /// <summary>Checks an allocation by itself.</summary>
    /// <param name="allocation">What was asked for, merged with what is there.</param>
    /// <param name="property">The parameter's name for the fault.</param>
    /// <exception cref="VimFaultException">A number is out of bounds, or more is reserved than the limit allows.</exception>
    public static void Check(ResourceAllocationInfo allocation, string property)
    {
        if (allocation.Reservation is < 0)
        {
            throw Faults.InvalidArgument($"{property}.reservation", "A reservation is not negative.");
        }

        if (allocation.Limit is < -1)
        {
            throw Faults.InvalidArgument($"{property}.limit", "A limit is not negative; -1 is none.");
        }

        if (allocation is { Limit: >= 0 and var limit, Reservation: { } reservation } && reservation > limit)
        {
            throw Faults.InvalidArgument($"{property}.reservation", $"More is reserved ({reservation}) than the limit allows ({limit}).");
        }

        if (allocation.Shares is { Level: SharesLevel.Custom, Shares: < 0 })
        {
            throw Faults.InvalidArgument($"{property}.shares", "Shares are not negative.");
        }
    }

    /// <summary>Checks that an allocation leaves nothing out, as the one of a new resource pool must not.</summary>
    /// <exception cref="VimFaultException">A field is unset.</exception>
    public static void CheckComplete(ResourceAllocationInfo? allocation, string property)
    {
        if (allocation is not { Reservation: not null, ExpandableReservation: not null, Limit: not null, Shares: not null })
        {
            throw Faults.InvalidArgument(property, "A new resource pool needs a reservation, whether it expands, a limit, and shares.");
        }
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
