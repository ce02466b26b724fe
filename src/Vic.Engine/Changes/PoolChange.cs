using System.Globalization;
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
            CpuAllocation = Merge(
                Processors, present.CpuAllocation, request.CpuLimitMhz, request.CpuReservationMhz, request.CpuShares, settings, checks),
            MemoryAllocation = Merge(
                Memory, present.MemoryAllocation, request.MemoryLimitMB, request.MemoryReservationMB, request.MemoryShares, settings, checks),
        };
        return settings.Changes.Count == count ? null : limits;
    }

    private static ResourceAllocationInfo Merge(
        Resource resource, ResourceAllocationInfo present, long? limit, long? reservation, string? shares, SettingList settings, CheckList checks)
    {
        var wanted = new ResourceAllocationInfo
        {
            Limit = limit is { } number ? (number == 0 ? Unlimited : number) : present.Limit,
            Reservation = reservation ?? present.Reservation,
            ExpandableReservation = present.ExpandableReservation,
            Shares = shares is null ? present.Shares : Shares($"{resource.Name}Shares", shares, checks),
        };
        settings.Compare($"{resource.Name}Limit{resource.Unit}", Limit(resource, present), Limit(resource, wanted), needsRestart: false);
        settings.Compare(
            $"{resource.Name}Reservation{resource.Unit}", resource.Text(present.Reservation ?? 0), resource.Text(wanted.Reservation ?? 0), needsRestart: false);
        settings.Compare($"{resource.Name}Shares", Shares(present), Shares(wanted), needsRestart: false);
        if (wanted.Limit is > 0 and var most && wanted.Reservation > most)
        {
            checks.Fail(
                $"{resource.Name}Reservation{resource.Unit}",
                $"{resource.Text(wanted.Reservation.Value)} {resource.Unit} cannot be reserved under a limit of {resource.Text(most)} {resource.Unit}.");
        }

        return wanted;
    }

    private static SharesInfo? Shares(string option, string text, CheckList checks)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return new SharesInfo { Level = SharesLevel.Custom, Shares = number };
        }

        if (text.All(char.IsLetter) && Enum.TryParse<SharesLevel>(text, ignoreCase: true, out var level) && level != SharesLevel.Custom)
        {
            return new SharesInfo { Level = level };
        }

        checks.Fail(option, $"'{text}' is not low, normal, high or a number above 0.");
        return null;
    }

    private static string Limit(Resource resource, ResourceAllocationInfo allocation) =>
        allocation.Limit is > 0 and var limit ? resource.Text(limit) : "";

    private static string Shares(ResourceAllocationInfo allocation) => allocation.Shares switch
    {
        { Level: SharesLevel.Custom } custom => custom.Shares.ToString(CultureInfo.InvariantCulture),
        { } level => level.Level.ToString().ToLowerInvariant(),
        null => "",
    };

    /// <summary>CPU time or memory, as the cmdlets name it; vSphere counts in MHz and in megabytes.</summary>
    private sealed record Resource(string Name, string Unit, double UnitSize)
    {
        public string Text(long amount) => (amount / UnitSize).ToString("0.###", CultureInfo.InvariantCulture);
    }
}
