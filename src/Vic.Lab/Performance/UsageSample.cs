namespace Vic.Lab.Performance;

/// <summary>What a machine or a host used in the interval that ends at a time.</summary>
/// <param name="Time">The end of the interval, UTC.</param>
/// <param name="CpuMhz">Average megahertz.</param>
/// <param name="CpuHundredths">The same, in hundredths of a percent of what there is.</param>
/// <param name="MemoryKilobytes">Memory of the computer in use.</param>
/// <param name="MemoryHundredths">The same, in hundredths of a percent of what is configured.</param>
/// <param name="UptimeSeconds">Since it was powered on.</param>
internal sealed record UsageSample(
    DateTime Time, long CpuMhz, long CpuHundredths, long MemoryKilobytes, long MemoryHundredths, long UptimeSeconds);
