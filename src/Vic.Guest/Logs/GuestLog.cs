using System.Text;
using Vic.Guest.Linux;

namespace Vic.Guest.Logs;

/// <summary>The guest's own log: lines on the kernel's console, which is a file next to the virtual machine.</summary>
public static unsafe class GuestLog
{
    private const int Console = 1;

    /// <summary>Writes one line with the seconds since the machine started.</summary>
    public static void Write(string message)
    {
        var line = Encoding.UTF8.GetBytes($"[{Environment.TickCount64 / 1000.0,12:F3}] vic: {message}\n");
        fixed (byte* start = line)
        {
            // Nobody can be told when the log itself fails.
            _ = Libc.write(Console, start, line.Length);
        }
    }
}
