using System.Globalization;

namespace Vic.Lab.Performance;

/// <summary>What a process has used so far (proc(5)).</summary>
/// <param name="CpuTime">Time on processors.</param>
/// <param name="MemoryBytes">Memory that it occupies.</param>
internal readonly record struct ProcessUsage(TimeSpan CpuTime, long MemoryBytes)
{
    private const int TicksPerSecond = 100;

    /// <summary>Reads it; null when the process is gone.</summary>
    public static ProcessUsage? Read(int processId)
    {
        try
        {
            var directory = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}";
            var stat = File.ReadAllText($"{directory}/stat");

            // The program's name may have spaces; it ends with the last parenthesis. User and system time are the 14th and 15th fields.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            var pages = long.Parse(File.ReadAllText($"{directory}/statm").Split(' ')[1], CultureInfo.InvariantCulture);
            return new ProcessUsage(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), pages * Environment.SystemPageSize);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
