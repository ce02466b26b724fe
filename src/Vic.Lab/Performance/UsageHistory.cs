using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Performance;

/// <summary>
/// The last hour of what machines used, in intervals of twenty seconds: measured where a process runs the machine; a machine without one uses
/// nothing. Hosts have the sums of their machines.
/// </summary>
internal sealed class UsageHistory(InventoryStore store, TimeProvider time) : IDisposable
{
    /// <summary>Seconds between two samples.</summary>
    public const int Interval = 20;

    private const int Kept = 180;

    private readonly Dictionary<ManagedObjectReference, Measured> measured = [];
    private ITimer? timer;

    /// <summary>Begins to measure.</summary>
    public void Start() => timer = time.CreateTimer(_ => Measure(), null, TimeSpan.FromSeconds(Interval), TimeSpan.FromSeconds(Interval));

    /// <summary>The samples of a machine or a host in a span of time, oldest first; under the store's lock.</summary>
    public IReadOnlyList<UsageSample> Read(Entity entity, DateTime begin, DateTime end) => entity switch
    {
        VirtualMachineEntity machine => Of(machine, begin, end),
        HostEntity host => Of(host, begin, end),
        _ => [],
    };

    /// <summary>Takes a sample of every machine that a process runs.</summary>
    public void Measure()
    {
        lock (store.Gate)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var running = store.OfType<VirtualMachineEntity>()
                .Where(machine => machine.PowerState == VirtualMachinePowerState.PoweredOn && machine.Machine.ProcessId is not null)
                .ToList();
            foreach (var machine in running)
            {
                if (ProcessUsage.Read(machine.Machine.ProcessId!.Value) is { } usage)
                {
                    Note(machine, usage, now);
                }
            }

            foreach (var gone in measured.Keys.Where(reference => !store.TryFind(reference, out _)).ToList())
            {
                measured.Remove(gone);
            }
        }
    }

    public void Dispose() => timer?.Dispose();

    private void Note(VirtualMachineEntity machine, ProcessUsage usage, DateTime now)
    {
        if (!measured.TryGetValue(machine.Reference, out var history))
        {
            measured[machine.Reference] = history = new Measured();
        }

        if (history.Last is { } last && history.ProcessId == machine.Machine.ProcessId && now > history.LastTime)
        {
            var share = (usage.CpuTime - last.CpuTime) / (now - history.LastTime);
            var hardware = machine.Config.Hardware;
            history.Samples.Enqueue(new UsageSample(
                now,
                (long)(share * CpuMhzOf(machine)),
                (long)(10_000 * share / Math.Max(1, hardware.NumCPU)),
                usage.MemoryBytes >> 10,
                10_000 * (usage.MemoryBytes >> 20) / Math.Max(1, hardware.MemoryMB),
                Uptime(machine, now)));
            if (history.Samples.Count > Kept)
            {
                history.Samples.Dequeue();
            }
        }

        (history.Last, history.LastTime, history.ProcessId) = (usage, now, machine.Machine.ProcessId);
    }

    private IReadOnlyList<UsageSample> Of(VirtualMachineEntity machine, DateTime begin, DateTime end)
    {
        if (machine.PowerState != VirtualMachinePowerState.PoweredOn)
        {
            return [];
        }

        return machine.Machine.ProcessId is not null
            ? [.. (measured.GetValueOrDefault(machine.Reference)?.Samples ?? []).Where(sample => sample.Time >= begin && sample.Time <= end)]
            : [.. Times(begin, end, machine.Runtime.BootTime).Select(moment => new UsageSample(moment, 0, 0, 0, 0, Uptime(machine, moment)))];
    }

    private IReadOnlyList<UsageSample> Of(HostEntity host, DateTime begin, DateTime end)
    {
        var machines = host.References("vm").Select(store.Find<VirtualMachineEntity>).OfType<VirtualMachineEntity>()
            .Select(machine => Of(machine, begin, end))
            .ToList();
        var boot = host.Read<HostRuntimeInfo>("runtime")?.BootTime;
        return [.. Times(begin, end, boot).Select(moment =>
        {
            var parts = machines
                .Select(samples => samples.LastOrDefault(sample => sample.Time <= moment && sample.Time > moment.AddSeconds(-Interval)))
                .OfType<UsageSample>()
                .ToList();
            var (cpu, memory) = (parts.Sum(part => part.CpuMhz), parts.Sum(part => part.MemoryKilobytes));
            return new UsageSample(
                moment,
                cpu,
                10_000 * cpu / Math.Max(1, (long)host.Hardware.CpuMhz * host.Hardware.NumCpuCores),
                memory,
                10_000 * memory / Math.Max(1, host.Hardware.MemorySize >> 10),
                boot is { } since ? (long)(moment - since).TotalSeconds : 0);
        })];
    }

    /// <summary>The ends of intervals in a span of time, not before a machine was on, and not more than are kept.</summary>
    private IEnumerable<DateTime> Times(DateTime begin, DateTime end, DateTime? since)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var last = end < now ? end : now;
        var first = since is { } boot && boot > begin ? boot : begin;
        var count = Math.Clamp((long)((last - first).TotalSeconds / Interval) + 1, 0, Kept);
        return last < first ? [] : Enumerable.Range(0, (int)count).Select(index => last.AddSeconds(-Interval * (count - 1 - index)));
    }

    private int CpuMhzOf(VirtualMachineEntity machine)
        => machine.Host is { } host ? store.Find<HostEntity>(host)?.Hardware.CpuMhz ?? 0 : 0;

    private static long Uptime(VirtualMachineEntity machine, DateTime moment)
        => machine.Runtime.BootTime is { } boot ? Math.Max(0, (long)(moment - boot).TotalSeconds) : 0;

    private sealed class Measured
    {
        public Queue<UsageSample> Samples { get; } = new();

        public ProcessUsage? Last { get; set; }

        public DateTime LastTime { get; set; }

        public int? ProcessId { get; set; }
    }
}
