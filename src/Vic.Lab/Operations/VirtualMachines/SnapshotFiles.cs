using System.Globalization;
using System.Text;
using Vic.Lab.Inventory;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>
/// The files that tell of snapshots next to a .vmx file: <c>name.vmsd</c> lists them, <c>name-Snapshot1.vmsn</c> is the configuration of one.
/// Registering the machine again reads them.
/// </summary>
internal static class SnapshotFiles
{
    /// <summary>Writes the files of a machine's snapshots, and deletes those of snapshots that are gone.</summary>
    public static async Task WriteAsync(LabWorld world, VirtualMachineEntity machine, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        string stem;
        lock (world.Store.Gate)
        {
            stem = StemOf(world.Locate(machine.VmxPath.ToString()).File);
            var snapshots = machine.Snapshots.All.ToList();
            if (snapshots.Count > 0)
            {
                files.Add(stem + ".vmsd", List(snapshots, machine.Snapshots.Current, stem));
            }

            foreach (var snapshot in snapshots)
            {
                files.Add(StateFile(stem, snapshot.Id), VmxFile.Render(snapshot.Config, new Dictionary<string, string>()));
            }
        }

        foreach (var (file, text) in files)
        {
            await File.WriteAllTextAsync(file, text, cancellationToken).ConfigureAwait(false);
        }

        var own = Path.GetFileName(stem);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(stem)!, own + "*.vms?"))
        {
            var name = Path.GetFileName(file);
            var isOwn = name == own + ".vmsd" || name.StartsWith(own + "-Snapshot", StringComparison.Ordinal);
            if (isOwn && !files.ContainsKey(file))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Reads the snapshots of a machine that was registered, with the configuration of each as text.</summary>
    public static IReadOnlyList<SavedSnapshot> Read(string vmx)
    {
        var stem = StemOf(vmx);
        if (!File.Exists(stem + ".vmsd"))
        {
            return [];
        }

        var values = VmxFile.Parse(File.ReadAllText(stem + ".vmsd"));
        var current = values.GetValueOrDefault("snapshot.current");
        var saved = new List<SavedSnapshot>();
        for (var index = 0; values.TryGetValue(Key(index, "uid"), out var uid); index++)
        {
            var file = values.TryGetValue(Key(index, "filename"), out var name)
                ? Path.Combine(Path.GetDirectoryName(stem)!, Path.GetFileName(name))
                : string.Empty;
            if (!File.Exists(file) || !int.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }

            saved.Add(new SavedSnapshot(
                id,
                int.TryParse(values.GetValueOrDefault(Key(index, "parent")), NumberStyles.None, CultureInfo.InvariantCulture, out var parent) ? parent : null,
                values.GetValueOrDefault(Key(index, "displayName"), string.Empty),
                values.GetValueOrDefault(Key(index, "description"), string.Empty),
                DateTime.TryParse(
                    values.GetValueOrDefault(Key(index, "createTime")), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
                    ? time
                    : File.GetLastWriteTimeUtc(file),
                uid == current,
                File.ReadAllText(file)));
        }

        return saved;
    }

    /// <summary>The file with the configuration of a snapshot.</summary>
    public static string StateFile(string stem, int id) => string.Create(CultureInfo.InvariantCulture, $"{stem}-Snapshot{id}.vmsn");

    /// <summary>The path that the files of a machine begin with.</summary>
    public static string StemOf(string vmx) => Path.Combine(Path.GetDirectoryName(vmx)!, Path.GetFileNameWithoutExtension(vmx));

    private static string List(List<SnapshotObject> snapshots, SnapshotObject? current, string stem)
    {
        var text = new StringBuilder(".encoding = \"UTF-8\"\n");
        Line("snapshot.lastUID", Text(snapshots.Max(snapshot => snapshot.Id)));
        Line("snapshot.current", Text(current?.Id ?? 0));
        Line("snapshot.numSnapshots", Text(snapshots.Count));
        for (var index = 0; index < snapshots.Count; index++)
        {
            var snapshot = snapshots[index];
            Line(Key(index, "uid"), Text(snapshot.Id));
            Line(Key(index, "filename"), Path.GetFileName(StateFile(stem, snapshot.Id)));
            Line(Key(index, "displayName"), snapshot.Name);
            Line(Key(index, "description"), snapshot.Description);
            Line(Key(index, "createTime"), snapshot.CreateTime.ToString("O", CultureInfo.InvariantCulture));
            if (snapshot.Parent is { } parent)
            {
                Line(Key(index, "parent"), Text(parent.Id));
            }
        }

        return text.ToString();

        void Line(string key, string value) => text.Append(key).Append(" = \"").Append(VmxFile.Escape(value)).Append("\"\n");
    }

    private static string Key(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"snapshot{index}.{name}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
