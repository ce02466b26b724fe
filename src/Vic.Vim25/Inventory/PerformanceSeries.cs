namespace Vic.Vim25;

/// <summary>The samples of one counter of one entity.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Counter">The counter's name: group, name and rollup, for example <c>cpu.usage.average</c>.</param>
/// <param name="Instance">The part of the entity, for example a NIC; empty for the whole.</param>
/// <param name="Unit">What the values count, by vSphere's key: <c>percent</c> (in hundredths), <c>kiloBytes</c>, <c>megaHertz</c> ...</param>
/// <param name="Samples">The samples, the oldest first. A value of -1 means that there is none for that time.</param>
public sealed record PerformanceSeries(
    ManagedObjectReference Entity, string Counter, string Instance, string Unit, IReadOnlyList<PerformanceSample> Samples);

/// <summary>One value of a counter.</summary>
/// <param name="Time">The end of the interval that it covers, in UTC.</param>
/// <param name="Value">The value.</param>
public readonly record struct PerformanceSample(DateTime Time, long Value);
