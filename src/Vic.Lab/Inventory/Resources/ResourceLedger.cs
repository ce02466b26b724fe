using Vic.Vim25;

namespace Vic.Lab.Inventory.Resources;

/// <summary>
/// Who has reserved what of one resource in a resource pool: its running machines and its pools take from it. What an expandable pool's own
/// reservation does not cover is taken from its parent. Under the store's lock.
/// </summary>
/// <param name="changed">Called when what is used has changed.</param>
internal sealed class ResourceLedger(Action changed)
{
    private ResourceLedger? parent;
    private bool isExpandable;
    private long limit = -1;

    /// <summary>What the pool has for itself; of the root, all there is.</summary>
    public long Reservation { get; private set; }

    /// <summary>Reserved for running machines of this pool itself.</summary>
    public long UsedByMachines { get; private set; }

    /// <summary>Reserved for the pools in this one.</summary>
    public long UsedByPools { get; private set; }

    /// <summary>What the running machines of this pool and the pools below have, reserved or not.</summary>
    public long Running { get; private set; }

    public long Used => UsedByMachines + UsedByPools;

    /// <summary>What one more machine or pool can reserve.</summary>
    public long Available
    {
        get
        {
            var own = Math.Max(0, Reservation - Used);
            var all = isExpandable && parent is not null ? own + parent.Available : own;
            return limit < 0 ? all : Math.Min(all, Math.Max(0, limit - Used));
        }
    }

    /// <summary>The most that the pool can ever use.</summary>
    public long Maximum
    {
        get
        {
            var above = parent?.Maximum ?? Reservation;
            return limit < 0 ? above : Math.Min(limit, above);
        }
    }

    /// <summary>What this pool takes from its parent.</summary>
    private long Claim => Math.Max(Reservation, Used);

    /// <summary>What a configuration asks of the pools above beyond what they can give; zero when it fits.</summary>
    public long ShortageOf(ResourceAllocationInfo allocation, ResourceLedger? above)
    {
        var reservation = allocation.Reservation ?? 0;
        if (allocation.Limit is >= 0 and var most && Used > most)
        {
            return Used - most;
        }

        if (allocation.ExpandableReservation == false && Used > reservation)
        {
            return Used - reservation;
        }

        return above is null ? 0 : Math.Max(0, Math.Max(reservation, Used) - (above == parent ? Claim : 0) - above.Available);
    }

    /// <summary>Takes over a configuration that was checked before.</summary>
    public void Configure(ResourceAllocationInfo allocation) => Adjust(() =>
    {
        Reservation = allocation.Reservation ?? 0;
        isExpandable = allocation.ExpandableReservation ?? true;
        limit = allocation.Limit ?? -1;
    });

    /// <summary>Puts the pool below another, or takes it away.</summary>
    public void Attach(ResourceLedger? above)
    {
        parent?.AdjustPools(-Claim, -Running);
        parent = above;
        parent?.AdjustPools(Claim, Running);
    }

    /// <summary>A machine begins to run, or, with negative numbers, ends.</summary>
    /// <param name="reserved">What is reserved for it.</param>
    /// <param name="configured">What it has.</param>
    public void Charge(long reserved, long configured)
    {
        Adjust(() => UsedByMachines += reserved);
        AdjustRunning(configured);
    }

    private void Adjust(Action change)
    {
        var before = Claim;
        change();
        if (Claim != before)
        {
            parent?.AdjustPools(Claim - before, 0);
        }

        changed();
    }

    private void AdjustPools(long claim, long running)
    {
        Adjust(() => UsedByPools += claim);
        AdjustRunning(running);
    }

    private void AdjustRunning(long running)
    {
        if (running != 0)
        {
            Running += running;
            parent?.AdjustRunning(running);
            changed();
        }
    }
}
