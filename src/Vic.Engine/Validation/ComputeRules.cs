using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Validation;

/// <summary>What a pool can be told.</summary>
internal static class ComputeRules
{
    public static void Check(ComputeRequest request, CheckList checks)
    {
        CheckReservation("CpuReservationMhz", request.CpuReservationMhz, "CpuLimitMhz", request.CpuLimitMhz, "MHz", checks);
        CheckReservation("MemReservationGB", request.MemoryReservationMB, "MemLimitGB", request.MemoryLimitMB, "MB", checks);
        CheckShares("Cpu", request.CpuShares, checks);
        CheckShares("Mem", request.MemoryShares, checks);
    }

    private static void CheckReservation(string option, long? reservation, string limitOption, long? limit, string unit, CheckList checks)
    {
        if (reservation > limit)
        {
            checks.Fail(option, $"More cannot be reserved than -{limitOption} allows: {reservation} {unit} of {limit} {unit}.");
        }
    }

    private static void CheckShares(string resource, ShareRequest? shares, CheckList checks)
    {
        switch (shares)
        {
            case { Level: SharesLevel.Custom, Number: null }:
                checks.Fail($"{resource}SharesLevel", $"Custom shares need a number: pass -Num{resource}Shares.");
                break;
            case { Level: not SharesLevel.Custom, Number: not null }:
                checks.Fail($"Num{resource}Shares", $"The level {shares.Level} has a number of its own; pass -{resource}SharesLevel Custom, or no number.");
                break;
            case { Number: < 1 or > 1_000_000 }:
                checks.Fail($"Num{resource}Shares", $"{shares.Number} is no number of shares; vSphere takes 1 to 1,000,000.");
                break;
        }
    }
}
