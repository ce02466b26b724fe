using System.Globalization;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Containers.Creation;

/// <summary>How large a container's VM is.</summary>
/// <param name="Processors">Virtual processors.</param>
/// <param name="MemoryMegabytes">Memory in MiB.</param>
/// <param name="Warnings">What the user asked for and does not get exactly.</param>
internal sealed record MachineSize(int Processors, int MemoryMegabytes, IReadOnlyList<string> Warnings)
{
    private const int DefaultProcessors = 2;
    private const int DefaultMemory = 2048;
    private const int MinimumMemory = 512;
    private const int MemoryStep = 128;
    private const int MaximumProcessors = 768;
    private const long Mebibyte = 1024 * 1024;
    private const long BillionthsOfProcessor = 1_000_000_000;

    /// <summary>Sizes a VM by -m, --cpus and --cpuset-cpus: two processors and 2 GiB unless the user says otherwise.</summary>
    public static MachineSize Of(HostConfig host)
    {
        var warnings = new List<string>();
        return new MachineSize(ProcessorsOf(host, warnings), MemoryOf(host, warnings), warnings);
    }

    private static int MemoryOf(HostConfig host, List<string> warnings)
    {
        if (host.Memory == 0)
        {
            return DefaultMemory;
        }

        if (host.Memory is < 6 * Mebibyte)
        {
            throw EngineException.InvalidParameter("Minimum memory limit allowed is 6MB");
        }

        var asked = (host.Memory + Mebibyte - 1) / Mebibyte;
        var given = Math.Max(MinimumMemory, (asked + MemoryStep - 1) / MemoryStep * MemoryStep);
        if (given > int.MaxValue)
        {
            throw EngineException.InvalidParameter($"--memory {host.Memory} is more than a virtual machine can have.");
        }

        if (given != asked)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"--memory is raised to {given} MiB: a container VM has at least {MinimumMemory} MiB in steps of {MemoryStep} MiB."));
        }

        return (int)given;
    }

    private static int ProcessorsOf(HostConfig host, List<string> warnings)
    {
        if (host.NanoCpus != 0 && host.CpusetCpus.Length > 0)
        {
            throw EngineException.InvalidParameter("--cpus and --cpuset-cpus both set the number of processors of a container VM: use one.");
        }

        if (host.NanoCpus is < 0 or > MaximumProcessors * BillionthsOfProcessor)
        {
            throw EngineException.InvalidParameter($"Range of CPUs is from 0.01 to {MaximumProcessors}.00");
        }

        if (host.NanoCpus > 0)
        {
            if (host.NanoCpus % BillionthsOfProcessor != 0)
            {
                warnings.Add("--cpus is rounded up: a virtual machine has whole processors.");
            }

            return (int)((host.NanoCpus + BillionthsOfProcessor - 1) / BillionthsOfProcessor);
        }

        return host.CpusetCpus.Length > 0 ? CountOf(host.CpusetCpus) : DefaultProcessors;
    }

    /// <summary>A single number is how many, as vic-machine's users know it; a list or a range is as many as it names.</summary>
    private static int CountOf(string set)
    {
        if (int.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number <= MaximumProcessors ? Math.Max(number, 1) : throw Invalid(set);
        }

        var processors = new HashSet<int>();
        foreach (var part in set.Split(','))
        {
            var range = part.Split('-');
            if (range.Length > 2
                || !int.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(range[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || last < first || last >= MaximumProcessors)
            {
                throw Invalid(set);
            }

            processors.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return processors.Count;
    }

    private static EngineException Invalid(string set) => EngineException.InvalidParameter($"Invalid value {set} for cpuset cpus");
}
