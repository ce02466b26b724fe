using System.Globalization;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Turns what is asked of the pool into what vSphere is told. It is changed while everything runs.</summary>
internal static class PoolChange
{
    private const long Unlimited = -1;

    private static readonly Resource Processors = new("Cpu", "Mhz", UnitSize: 1);
    private static readonly Resource Memory = new("Mem", "GB", UnitSize: 1024);

    /// <returns>The new limits; null when nothing changes.</returns>
    public static ResourceConfigSpec? Plan(PresentVch vch, VchChangeRequest request, SettingList settings, CheckList checks)
    {
        object?[] asked =
        [
            request.CpuLimitMhz, request.CpuReservationMhz, request.CpuShares, request.MemoryLimitMB, request.MemoryReservationMB, request.MemoryShares,
        ];
        if (asked.All(value => value is null))
        {
            return null;
        }

        if (vch.Limits is not { } present)
        {
            checks.Fail("CpuLimitMhz", $"'{vch.Name}' has no pool of its own, because its cluster has no DRS: there is nothing to limit.");
            return null;
        }

        var count = settings.Changes.Count;
        var limits = new ResourceConfigSpec
        {
            CpuAllocation = Merge(Processors, present.CpuAllocation, request.CpuLimitMhz, request.CpuReservationMhz, request.CpuShares, settings),
            MemoryAllocation = Merge(Memory, present.MemoryAllocation, request.MemoryLimitMB, request.MemoryReservationMB, request.MemoryShares, settings),
        };
        ComputeRules.Check(
            new ComputeRequest
            {
                CpuLimitMhz = Positive(limits.CpuAllocation.Limit),
                CpuReservationMhz = limits.CpuAllocation.Reservation,
                CpuShares = request.CpuShares,
                MemoryLimitMB = Positive(limits.MemoryAllocation.Limit),
                MemoryReservationMB = limits.MemoryAllocation.Reservation,
                MemoryShares = request.MemoryShares,
            },
            checks);
        return settings.Changes.Count == count ? null : limits;
    }

    private static ResourceAllocationInfo Merge(
        Resource resource, ResourceAllocationInfo present, long? limit, long? reservation, ShareRequest? shares, SettingList settings)
    {
        var wanted = new ResourceAllocationInfo
        {
            Limit = limit is { } number ? (number == 0 ? Unlimited : number) : present.Limit,
            Reservation = reservation ?? present.Reservation,
            ExpandableReservation = present.ExpandableReservation,
            Shares = shares is null ? present.Shares : new SharesInfo { Level = shares.Level, Shares = shares.Number ?? 0 },
        };
        settings.Compare($"{resource.Name}Limit{resource.Unit}", Limit(resource, present), Limit(resource, wanted), needsRestart: false);
        settings.Compare(
            $"{resource.Name}Reservation{resource.Unit}", resource.Text(present.Reservation ?? 0), resource.Text(wanted.Reservation ?? 0), needsRestart: false);
        settings.Compare($"{resource.Name}SharesLevel", Shares(present), Shares(wanted), needsRestart: false);
        return wanted;
    }

    private static long? Positive(long? value) => value > 0 ? value : null;

    private static string Limit(Resource resource, ResourceAllocationInfo allocation) =>
        allocation.Limit is > 0 and var limit ? resource.Text(limit) : "";

    private static string Shares(ResourceAllocationInfo allocation) => allocation.Shares switch
    {
        { Level: SharesLevel.Custom } custom => FormattableString.Invariant($"{custom.Level} ({custom.Shares})"),
        { } level => level.Level.ToString(),
        null => "",
    };

    /// <summary>CPU time or memory, as the cmdlets name it; vSphere counts in MHz and in megabytes.</summary>
    private sealed record Resource(string Name, string Unit, double UnitSize)
    {
        public string Text(long amount) => (amount / UnitSize).ToString("0.###", CultureInfo.InvariantCulture);
    }
}
