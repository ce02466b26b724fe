using System.Runtime.InteropServices;

namespace Vic.Oci.Layers.Native;

/// <summary>struct timespec on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TimeSpec(long Seconds, long Nanoseconds)
{
    public static TimeSpec From(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0 ? new TimeSpec(seconds - 1, (rest + TimeSpan.TicksPerSecond) * 100) : new TimeSpec(seconds, rest * 100);
    }
}
