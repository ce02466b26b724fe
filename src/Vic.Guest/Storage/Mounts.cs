using Vic.Guest.Linux;

namespace Vic.Guest.Storage;

/// <summary>Mounts and unmounts file systems (mount(2)).</summary>
public static class Mounts
{
    /// <summary>Mounts a file system on a folder, which is made when it is not there.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static void Mount(string source, string target, string type, MountFlags flags = MountFlags.None, string? data = null)
    {
        Directory.CreateDirectory(target);
        LinuxException.Check(Libc.mount(source, target, type, (nuint)flags, data), $"mount {type} on {target}");
    }

    /// <summary>Shows a file or folder at a second place; the place must exist.</summary>
    public static void Bind(string source, string target, bool readOnly = false)
    {
        LinuxException.Check(Libc.mount(source, target, null, (nuint)MountFlags.Bind, null), $"bind {source} on {target}");
        if (readOnly)
        {
            const MountFlags Flags = MountFlags.Bind | MountFlags.Remount | MountFlags.ReadOnly;
            LinuxException.Check(Libc.mount("none", target, null, (nuint)Flags, null), $"make {target} read-only");
        }
    }

    /// <summary>Moves a mount to another place.</summary>
    public static void Move(string source, string target) =>
        LinuxException.Check(Libc.mount(source, target, null, (nuint)MountFlags.Move, null), $"move {source} to {target}");

    /// <summary>Makes a mounted file system read-only, which writes everything that is still in memory.</summary>
    public static void RemountReadOnly(string target) =>
        LinuxException.Check(
            Libc.mount("none", target, null, (nuint)(MountFlags.Remount | MountFlags.ReadOnly), null),
            $"remount {target} read-only");

    /// <summary>Unmounts; false when something still uses the file system.</summary>
    public static bool TryUnmount(string target) => Libc.umount2(target, 0) == 0;

    /// <summary>Writes all file systems' memory to their disks and waits for it.</summary>
    public static void Sync() => Libc.sync();
}
