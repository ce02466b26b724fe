using System.Globalization;
using System.Text.RegularExpressions;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>The disks of snapshots: what a machine writes after a snapshot goes to a child, <c>name-000001.vmdk</c>, next to the disk.</summary>
internal sealed partial class SnapshotDisks(LabWorld world)
{
    private readonly DiskBackingReader reader = new(world);

    private IVirtualDisks Disks => world.Platform.Disks;

    /// <summary>Makes a child of each disk that takes part in snapshots, and gives the configuration that has the children.</summary>
    /// <param name="config">The configuration whose disks are to be left as they are.</param>
    /// <param name="created">Is given the files made, those before a failure too.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<VirtualMachineConfigInfo> ForkAsync(
        VirtualMachineConfigInfo config, List<string> created, CancellationToken cancellationToken)
    {
        var children = new Dictionary<int, string>();
        foreach (var disk in (config.Hardware.Device ?? []).OfType<VirtualDisk>().Where(MachineDisks.IsSnapshotted))
        {
            var file = world.Locate(((VirtualDeviceFileBackingInfo)disk.Backing!).FileName).File;
            var facts = reader.Inspect(file) ?? throw Faults.FileNotFound(world.PathOf(file) ?? default);
            var child = NextName(file);
            await Disks.CreateChildAsync(child, file, new VirtualDiskOptions { Uuid = facts.Uuid }, cancellationToken).ConfigureAwait(false);
            created.Add(child);
            children.Add(disk.Key, child);
        }

        return MachineDisks.WithDisks(config, disk => children.TryGetValue(disk.Key, out var child) ? reader.WithFile(disk, child) : disk);
    }

    /// <summary>
    /// Deletes disks that no state needs any more, or makes each one with its only child.
    /// </summary>
    /// <param name="former">The disks of snapshots that are gone; those that were seen to are taken out.</param>
    /// <param name="states">The configurations that are left: the machine's own and its snapshots'.</param>
    /// <param name="replaced">Is given which file took the place of which.</param>
    /// <param name="cancellationToken">Ends the work between two disks.</param>
    public async Task ConsolidateAsync(
        HashSet<string> former, IReadOnlyList<VirtualMachineConfigInfo> states, Dictionary<string, string> replaced, CancellationToken cancellationToken)
    {
        var tops = states.SelectMany(config => MachineDisks.FilesOf(world, config)).ToHashSet(StringComparer.Ordinal);
        var own = tops.SelectMany(top => DiskDepth.Chain(Disks, top)).ToHashSet(StringComparer.Ordinal);
        foreach (var disk in former.OrderByDescending(file => DiskDepth.Of(Disks, file)).ToList())
        {
            switch (Disks.ChildrenOf(disk))
            {
                case var _ when tops.Contains(disk) || !File.Exists(disk):
                    break;
                case []:
                    await Disks.DeleteAsync(disk, cancellationToken).ConfigureAwait(false);
                    break;
                case [var child] when own.Contains(child):
                    await Disks.MergeAsync(child, cancellationToken).ConfigureAwait(false);
                    replaced[child] = disk;
                    if (tops.Remove(child))
                    {
                        tops.Add(disk);
                    }

                    break;
                default:
                    // Others grew from it: it stays.
                    break;
            }

            former.Remove(disk);
        }
    }

    /// <summary>The configuration after disks took the place of others, its chains described anew.</summary>
    public VirtualMachineConfigInfo Replace(VirtualMachineConfigInfo config, IReadOnlyDictionary<string, string> replaced)
        => MachineDisks.WithDisks(config, disk =>
        {
            if (disk.Backing is not VirtualDiskFlatVer2BackingInfo backing)
            {
                return disk;
            }

            var file = world.Locate(backing.FileName).File;
            while (replaced.TryGetValue(file, out var place))
            {
                file = place;
            }

            return reader.Inspect(file) is null ? disk : reader.WithFile(disk, file);
        });

    /// <summary>Deletes disks that were made or given up; one that somebody needs stays.</summary>
    public async Task DeleteAsync(IEnumerable<string> files)
    {
        foreach (var file in files.Where(File.Exists).ToList())
        {
            if (Disks.UserOf(file) is null)
            {
                await Disks.DeleteAsync(file, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a disk is what a machine writes after a snapshot.</summary>
    public static bool IsRedoLog(string file) => RedoLogName().IsMatch(Path.GetFileNameWithoutExtension(file));

    private static string NextName(string file)
    {
        var directory = Path.GetDirectoryName(file)!;
        var stem = RedoLogName().Replace(Path.GetFileNameWithoutExtension(file), string.Empty);
        for (var number = 1; ; number++)
        {
            var candidate = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{stem}-{number:000000}.vmdk"));
            if (!File.Exists(candidate))
            {
                return candidate;
            }
        }
    }

    [GeneratedRegex(@"-\d{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex RedoLogName();
}
