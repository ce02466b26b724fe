using Vic.Guest.Linux;

namespace Vic.Guest.Storage;

/// <summary>Makes a mounted file system the root of the calling thread's mount namespace.</summary>
public static class RootChange
{
    /// <summary>The initial root, an initramfs, cannot be pivoted away; the new root is moved over it (kernel documentation, ramfs-rootfs-initramfs).</summary>
    public static void To(string mounted)
    {
        LinuxException.Check(Libc.chdir(mounted), $"chdir {mounted}");
        Mounts.Move(".", "/");
        LinuxException.Check(Libc.chroot("."), "chroot");
        LinuxException.Check(Libc.chdir("/"), "chdir /");
    }

    /// <summary>Makes the root read-only in this namespace; what is mounted below stays as it is.</summary>
    public static void MakeReadOnly()
    {
        const MountFlags Flags = MountFlags.Remount | MountFlags.Bind | MountFlags.ReadOnly;
        LinuxException.Check(Libc.mount("none", "/", null, (nuint)Flags, null), "make the root read-only");
    }
}
