using System.Globalization;
using Vic.Configuration;
using Vic.Guest.Logs;
using Vic.Guest.Processes;
using Vic.Guest.Storage;

namespace Vic.Tether.Container;

/// <summary>
/// The mounts that a container sees, in a namespace of its own. The image's tree becomes the root first and everything else is
/// mounted from inside, so a symbolic link of the image leads nowhere but into the image.
/// </summary>
internal static class ContainerMounts
{
    private const MountFlags Restricted = MountFlags.NoSetUserId | MountFlags.NoDevices | MountFlags.NoExecute;
    private const long DefaultSharedMemory = 64 * 1024 * 1024;

    private static readonly string[] NameFiles = ["hosts", "hostname", "resolv.conf"];

    public static MountNamespace Arrange(string disk, string nameFiles, ExecutorConfiguration configuration) => MountNamespace.Create(() =>
    {
        // Descriptors lead to what lies outside once the root has changed.
        using var terminals = MountSource.Open("/dev/pts");
        using var files = new MountSourceList(NameFiles.Select(name => MountSource.Open(Path.Combine(nameFiles, name))));
        RootChange.To(disk);

        Mounts.Mount("proc", "/proc", "proc", Restricted);
        Mounts.Mount("sysfs", "/sys", "sysfs", Restricted);
        TryMount("cgroup2", "/sys/fs/cgroup", "cgroup2", Restricted, null);
        ContainerDevices.Create(terminals, configuration.Environment.SharedMemorySize is > 0 and var size ? size : DefaultSharedMemory);
        foreach (var (name, source) in NameFiles.Zip(files.Sources))
            ShowFile(source, "/etc/" + name);
        foreach (var (path, options) in configuration.Environment.MemoryFileSystems)
            Mounts.Mount("tmpfs", path, "tmpfs", Restricted, options.Length == 0 ? null : options);
        foreach (var (name, value) in configuration.Environment.KernelSettings)
            Set(name, value);
        if (configuration.Environment.ReadOnlyRoot)
            RootChange.MakeReadOnly();
    });

    private static void ShowFile(MountSource source, string target)
    {
        Directory.CreateDirectory("/etc");
        if (!File.Exists(target))
        {
            // A dangling link of the image would lead the new file astray.
            File.Delete(target);
            File.WriteAllBytes(target, []);
        }
        Mounts.Bind(source.Path, target);
    }

    private static void TryMount(string source, string target, string type, MountFlags flags, string? data)
    {
        try
        {
            Mounts.Mount(source, target, type, flags, data);
        }
        catch (IOException failure)
        {
            GuestLog.Write(failure.Message);
        }
    }

    private static void Set(string name, string value)
    {
        // Dots separate folders; a name that climbs out of /proc/sys is none.
        var path = Path.GetFullPath("/proc/sys/" + name.Replace('.', '/'));
        if (!path.StartsWith("/proc/sys/", StringComparison.Ordinal))
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"sysctl {name} is not a kernel setting."));
        File.WriteAllText(path, value);
    }
}
