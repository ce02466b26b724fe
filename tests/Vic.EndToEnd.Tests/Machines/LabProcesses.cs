using Vic.Testing.Labs;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>The virtual machines of a lab as the operating system sees them.</summary>
internal static class LabProcesses
{
    /// <summary>The ids of the lab's QEMU processes that run a guest.</summary>
    public static IReadOnlySet<int> Machines(LabFacts lab) =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && IsMachineOf(lab, id))
            .ToHashSet();

    private static bool IsMachineOf(LabFacts lab, int id)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return words[0].Contains("qemu-system", StringComparison.Ordinal)
                && words.Any(word => word.Contains(lab.StateDirectory, StringComparison.Ordinal) && word.Contains(".iso", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // The process ended while it was looked at.
            return false;
        }
    }
}
