using Vic.Guest.Hardware;
using Vic.Guest.Logs;

namespace Vic.Tether.Container;

/// <summary>The serial port behind which the host keeps the container's output.</summary>
internal static class OutputLogPort
{
    /// <summary>The log on COM3; a machine without that port keeps no output.</summary>
    public static OutputLog Open() => new(SerialOutputStream.TryOpen(SerialOutputStream.Com3) ?? Stream.Null);
}
