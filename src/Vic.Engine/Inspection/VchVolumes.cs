using Vic.Configuration;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>
/// Reads the volumes on the volume stores of VCHs (vmware/vic, lib/portlayer/storage/volume: <c>volumes/name/name.vmdk</c> below the store's
/// folder). Needs no endpoint that runs.
/// </summary>
public sealed class VchVolumes
{
    /// <summary>The folder of a volume store in which each volume has one of its own.</summary>
    internal const string Folder = "volumes";

    private readonly VimClient _client;

    /// <summary>Reads through a session.</summary>
    public VchVolumes(VimClient client) => _client = client;

    /// <summary>The volumes of VCHs, by VCH, store and name. A store that vSphere cannot look into, such as an NFS share, is warned of.</summary>
    public async Task<IReadOnlyList<VchVolumeInfo>> ListAsync(
        IReadOnlyList<VchInfo> hosts, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new("Reading volume stores"));
        var inventory = await InventoryView.ReadAsync(
            _client,
            [new PropertySpec { Type = "Datastore", PathSet = ["name", "browser"] }, MachineInventory.Properties],
            cancellationToken).ConfigureAwait(false);
        var containers = ContainerInventory.Select(inventory.Where(entity => entity.Reference.Type == "VirtualMachine").ToList(), hosts);
        var found = new List<VchVolumeInfo>();
        foreach (var host in hosts)
        {
            var own = containers.Where(container => container.HostReference == host.Reference).ToList();
            foreach (var store in host.Configuration.Storage.VolumeLocations.OrderBy(store => store.Key, StringComparer.Ordinal))
            {
                if (await DisksAsync(store.Value, inventory, cancellationToken).ConfigureAwait(false) is { } disks)
                {
                    found.AddRange(disks.Where(IsVolume).Select(disk => new VchVolumeInfo(host, store.Key, store.Value, disk, UsersOf(disk, own))));
                }
                else
                {
                    progress.Report(StepProgress.Warning(
                        $"The volume store '{store.Key}' of '{host.Name}' at {store.Value} is on no datastore of this server; its volumes are not listed."));
                }
            }
        }

        return found;
    }

    /// <summary>The disks of a store; null when it is on no datastore.</summary>
    internal async Task<IReadOnlyList<DatastoreDisk>?> DisksAsync(
        GuestUrl store, IReadOnlyList<InventoryEntity> inventory, CancellationToken cancellationToken) =>
        store.Scheme == "ds" && inventory.FirstOrDefault(entity => entity.Reference.Type == "Datastore" && entity.Name == store.Host)
            ?.GetReference("browser") is { } browser
            ? await DatastoreSearch.DisksBelowAsync(
                _client, browser, new DatastoreFolder(store.Host, store.Path.Trim('/')).Child(Folder), cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>A volume's disk has the name of its folder; other disks are not the VCH's.</summary>
    internal static bool IsVolume(DatastoreDisk disk) =>
        disk.Folder.EndsWith($"/{Path.GetFileNameWithoutExtension(disk.Name)}", StringComparison.Ordinal);

    private static List<string> UsersOf(DatastoreDisk disk, List<ContainerVmInfo> containers)
    {
        var name = Path.GetFileNameWithoutExtension(disk.Name);
        return containers.Where(container => container.Volumes.Contains(name, StringComparer.Ordinal)).Select(container => container.Name).ToList();
    }
}
