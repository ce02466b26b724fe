using System.Globalization;
using Vic.Guest.Storage;

namespace Vic.Tether.Container;

/// <summary>The /dev that the OCI runtime specification promises a container (config-linux.md, default devices).</summary>
internal static class ContainerDevices
{
    private static readonly (string Name, int Major, int Minor)[] Devices =
    [
        ("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9), ("tty", 5, 0),
    ];

    private static readonly (string Name, string Target)[] Links =
    [
        ("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"), ("core", "/proc/kcore"),
    ];

    public static void Create(MountSource terminals, long sharedMemory)
    {
        Mounts.Mount("tmpfs", "/dev", "tmpfs", MountFlags.NoSetUserId, "mode=0755,size=65536k");
        foreach (var (name, major, minor) in Devices)
            DeviceNodes.CreateCharacterDevice("/dev/" + name, major, minor);
        foreach (var (name, target) in Links)
            DeviceNodes.CreateLink("/dev/" + name, target);

        Directory.CreateDirectory("/dev/pts");
        Mounts.Bind(terminals.Path, "/dev/pts");
        const MountFlags Restricted = MountFlags.NoSetUserId | MountFlags.NoDevices | MountFlags.NoExecute;
        Mounts.Mount("shm", "/dev/shm", "tmpfs", Restricted, string.Create(CultureInfo.InvariantCulture, $"mode=1777,size={sharedMemory}"));
        Mounts.Mount("mqueue", "/dev/mqueue", "mqueue", Restricted);
    }
}
