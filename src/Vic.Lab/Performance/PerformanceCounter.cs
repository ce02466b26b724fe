using Vic.Vim25;

namespace Vic.Lab.Performance;

/// <summary>A performance counter, with the number that vCenter gives it.</summary>
/// <param name="Key">The counter's number.</param>
/// <param name="Group">Such as <c>cpu</c>.</param>
/// <param name="Name">Such as <c>usage</c>.</param>
/// <param name="Unit">Such as <c>percent</c>; a percent counts hundredths.</param>
/// <param name="Rollup">How samples are summed up.</param>
/// <param name="Stats">What a sample is.</param>
/// <param name="Value">A sample's value.</param>
internal sealed record PerformanceCounter(
    int Key, string Group, string Name, string Unit, PerfSummaryType Rollup, PerfStatsType Stats, Func<UsageSample, long> Value)
{
    /// <summary>What the lab measures.</summary>
    public static IReadOnlyList<PerformanceCounter> All { get; } =
    [
        new(2, "cpu", "usage", "percent", PerfSummaryType.Average, PerfStatsType.Rate, sample => sample.CpuHundredths),
        new(6, "cpu", "usagemhz", "megaHertz", PerfSummaryType.Average, PerfStatsType.Rate, sample => sample.CpuMhz),
        new(24, "mem", "usage", "percent", PerfSummaryType.Average, PerfStatsType.Absolute, sample => sample.MemoryHundredths),
        new(98, "mem", "consumed", "kiloBytes", PerfSummaryType.Average, PerfStatsType.Absolute, sample => sample.MemoryKilobytes),
        new(155, "sys", "uptime", "second", PerfSummaryType.Latest, PerfStatsType.Absolute, sample => sample.UptimeSeconds),
    ];

    public PerfCounterInfo ToDataObject() => new()
    {
        Key = Key,
        NameInfo = Describe(Name),
        GroupInfo = Describe(Group),
        UnitInfo = Describe(Unit),
        RollupType = Rollup,
        StatsType = Stats,
        Level = 1,
        PerDeviceLevel = 3,
    };

    private static ElementDescription Describe(string key) => new() { Key = key, Label = key, Summary = key };
}
