using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>
/// Reads what VCHs and their containers use: all virtual machines page by page, their performance counters many at a time, and one search for each
/// store. Needs no endpoint that runs.
/// </summary>
public sealed class VchUsageReader
{
    private const string Cpu = "cpu.usagemhz.average";
    private const string Memory = "mem.consumed.average";
    private const int KilobytesOfMegabyte = 1024;

    private static readonly PropertySpec Machines = new()
    {
        Type = "VirtualMachine",
        PathSet = [.. MachineInventory.Properties.PathSet!, "summary.storage", "config.hardware.memoryMB", "config.hardware.numCPU"],
    };

    private readonly VimClient _client;
    private readonly VchVolumes _volumes;

    /// <summary>Reads through a session.</summary>
    public VchUsageReader(VimClient client)
    {
        _client = client;
        _volumes = new VchVolumes(client);
    }

    /// <summary>What VCHs use as a whole.</summary>
    public async Task<IReadOnlyList<VchUsage>> ListAsync(
        IReadOnlyList<VchInfo> hosts, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var inventory = await ReadAsync(progress, cancellationToken).ConfigureAwait(false);
        var containers = ContainersOf(hosts, inventory);
        var endpoints = hosts.ToDictionary(host => host.Reference, host => inventory.FirstOrDefault(entity => entity.Reference == host.Reference));
        var counters = await ReadCountersAsync(
            containers.Select(container => container.Machine).Concat(endpoints.Values.OfType<InventoryEntity>()), progress, cancellationToken).ConfigureAwait(false);
        var images = await new VchImages(_client).ListAsync(hosts, progress, cancellationToken).ConfigureAwait(false);
        var found = new List<VchUsage>();
        foreach (var host in hosts)
        {
            progress.Report(new($"Reading the stores of '{host.Name}'"));
            var layers = await LayersAsync(host, inventory, cancellationToken).ConfigureAwait(false);
            var volumes = await VolumesAsync(host, inventory, cancellationToken).ConfigureAwait(false);
            var own = containers.Where(container => container.HostReference == host.Reference).ToList();
            found.Add(new VchUsage(host)
            {
                Endpoint = endpoints[host.Reference] is { } endpoint ? UsageOf(endpoint, counters) : default,
                Containers = own.ConvertAll(container => UsageOf(container.Machine, counters)),
                RunningContainers = own.Count(container => container.PowerState == "PoweredOn"),
                Images = images.Where(image => image.Host.Reference == host.Reference).Select(image => image.Id).Distinct(StringComparer.Ordinal).Count(),
                ImageStorage = layers.Sum(disk => disk.Size),
                Volumes = volumes.Count,
                VolumeStorage = volumes.Sum(disk => disk.Size),
                Pool = inventory.FirstOrDefault(entity => entity.Reference == host.Pool) is { } pool && pool.Name == host.Name
                    ? pool.Get<ResourceConfigSpec>("config")
                    : null,
            });
        }

        return found;
    }

    /// <summary>What each container of VCHs uses.</summary>
    public async Task<IReadOnlyList<ContainerUsage>> ListContainersAsync(
        IReadOnlyList<VchInfo> hosts, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var inventory = await ReadAsync(progress, cancellationToken).ConfigureAwait(false);
        var containers = ContainersOf(hosts, inventory);
        var counters = await ReadCountersAsync(containers.Select(container => container.Machine), progress, cancellationToken).ConfigureAwait(false);
        return containers.ConvertAll(container => new ContainerUsage(
            container,
            UsageOf(container.Machine, counters),
            container.Machine.GetValue<int>("config.hardware.numCPU") ?? 0,
            container.Machine.GetValue<int>("config.hardware.memoryMB") ?? 0));
    }

    private Task<List<InventoryEntity>> ReadAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Reading virtual machines"));
        return InventoryView.ReadAsync(
            _client,
            [
                Machines,
                new PropertySpec { Type = "ResourcePool", PathSet = ["name", "config"] },
                new PropertySpec { Type = "Datastore", PathSet = ["name", "browser"] },
            ],
            cancellationToken);
    }

    private static List<ContainerVmInfo> ContainersOf(IReadOnlyList<VchInfo> hosts, List<InventoryEntity> inventory) =>
        ContainerInventory.Select(inventory.Where(entity => entity.Reference.Type == "VirtualMachine").ToList(), hosts)
            .Where(container => container.HostReference is not null).ToList();

    private async Task<ILookup<ManagedObjectReference, PerformanceSeries>> ReadCountersAsync(
        IEnumerable<InventoryEntity> machines, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        // A machine that is off uses nothing, and has no samples.
        var running = machines.Where(machine => MachineInventory.PowerState(machine) == "PoweredOn").Select(machine => machine.Reference).ToList();
        if (running.Count == 0)
        {
            return Array.Empty<PerformanceSeries>().ToLookup(series => series.Entity);
        }

        progress.Report(new("Reading performance counters"));
        var series = await new PerformanceReader(_client).ReadAsync(running, [Cpu, Memory], cancellationToken: cancellationToken).ConfigureAwait(false);
        return series.ToLookup(item => item.Entity);
    }

    private static MachineUsage UsageOf(InventoryEntity machine, ILookup<ManagedObjectReference, PerformanceSeries> counters) => new(
        Last(counters[machine.Reference], Cpu),
        Last(counters[machine.Reference], Memory) / KilobytesOfMegabyte,
        machine.Get<VirtualMachineStorageSummary>("summary.storage")?.Unshared ?? 0);

    private static long? Last(IEnumerable<PerformanceSeries> series, string counter) =>
        series.FirstOrDefault(item => item.Counter == counter) is { Samples.Count: > 0 and var count } found && found.Samples[count - 1].Value >= 0
            ? found.Samples[count - 1].Value
            : null;

    private async Task<IReadOnlyList<DatastoreDisk>> LayersAsync(VchInfo host, List<InventoryEntity> inventory, CancellationToken cancellationToken)
    {
        if (host.Configuration.Storage.ImageStores is not [var store, ..] || host.Machine.Get<string>("config.uuid") is not { } uuid
            || inventory.FirstOrDefault(entity => entity.Reference.Type == "Datastore" && entity.Name == store.Host)?.GetReference("browser") is not { } browser)
        {
            return [];
        }

        // With the layers of vic-machine beside those of a VCH that was upgraded.
        var folder = new DatastoreFolder(store.Host, store.Path.Trim('/')).Child("VIC").Child(uuid);
        return await DatastoreSearch.DisksBelowAsync(_client, browser, folder, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<DatastoreDisk>> VolumesAsync(VchInfo host, List<InventoryEntity> inventory, CancellationToken cancellationToken)
    {
        var volumes = new List<DatastoreDisk>();
        foreach (var store in host.Configuration.Storage.VolumeLocations.Values)
        {
            var disks = await _volumes.DisksAsync(store, inventory, cancellationToken).ConfigureAwait(false) ?? [];
            volumes.AddRange(disks.Where(VchVolumes.IsVolume));
        }

        return volumes;
    }
}
