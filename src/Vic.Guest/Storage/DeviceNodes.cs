using Vic.Guest.Linux;

namespace Vic.Guest.Storage;

/// <summary>Makes device nodes and links in a /dev.</summary>
public static class DeviceNodes
{
    private const uint CharacterDevice = 0x2000;
    private const uint ReadWriteForAll = 0x1B6;

    /// <summary>Makes a character device that everybody may use.</summary>
    public static void CreateCharacterDevice(string path, int major, int minor)
    {
        LinuxException.Check(Libc.mknod(path, CharacterDevice | ReadWriteForAll, (ulong)((major << 8) | minor)), $"mknod {path}");

        // The mode above went through the umask.
        LinuxException.Check(Libc.chmod(path, ReadWriteForAll), $"chmod {path}");
    }

    /// <summary>Makes a symbolic link.</summary>
    public static void CreateLink(string path, string target) => LinuxException.Check(Libc.symlink(target, path), $"symlink {path}");
}
