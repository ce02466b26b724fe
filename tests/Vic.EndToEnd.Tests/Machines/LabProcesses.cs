using Vic.Testing.Labs;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>The virtual machines of a lab as the operating system sees them.</summary>
internal static class LabProcesses
{
    /// <summary>The ids of the lab's QEMU processes that run a guest.</summary>
    public static IReadOnlySet<int> Machines(LabFacts lab) => Machines(lab, ".iso");

    /// <summary>The ids of those that boot some ISO.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="iso">The end of the ISO's name.</param>
    public static IReadOnlySet<int> Machines(LabFacts lab, string iso) =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && IsMachineOf(lab, iso, id))
            .ToHashSet();

    private static bool IsMachineOf(LabFacts lab, string iso, int id)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return words[0].Contains("qemu-system", StringComparison.Ordinal)
                && words.Any(word => word.Contains(lab.StateDirectory, StringComparison.Ordinal) && word.Contains(iso, StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // The process ended while it was looked at.
            return false;
        }
    }
}
