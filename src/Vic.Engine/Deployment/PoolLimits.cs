using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>What the pool of a VCH may take.</summary>
internal static class PoolLimits
{
    private const long Unlimited = -1;

    public static ResourceConfigSpec Create(ComputeRequest request) => new()
    {
        CpuAllocation = Allocate(request.CpuLimitMhz, request.CpuReservationMhz, request.CpuShares),
        MemoryAllocation = Allocate(request.MemoryLimitMB, request.MemoryReservationMB, request.MemoryShares),
    };

    private static ResourceAllocationInfo Allocate(long? limit, long? reservation, ShareRequest? shares) => new()
    {
        Limit = limit ?? Unlimited,
        Reservation = reservation ?? 0,

        // Without a reservation of its own a pool takes from its parent's what its machines reserve.
        ExpandableReservation = true,
        Shares = new SharesInfo { Level = shares?.Level ?? SharesLevel.Normal, Shares = shares?.Number ?? 0 },
    };
}
