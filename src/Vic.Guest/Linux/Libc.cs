using System.Runtime.InteropServices;

namespace Vic.Guest.Linux;

/// <summary>
/// The functions of the C library that the guest calls, under their own names. The tether links them statically
/// (DirectPInvoke), so nothing is looked up at run time.
/// </summary>
internal static unsafe partial class Libc
{
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int AT_FDCWD = -100;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(FileDescriptor descriptor, byte* buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(FileDescriptor descriptor, byte* buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int descriptor, byte* buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int pipe2(int* ends, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int dup2(int descriptor, int number);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int ioctl(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkdir(string path, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mknod(string path, uint mode, ulong device);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int symlink(string target, string path);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int chmod(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchown(int descriptor, uint user, uint group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int access(string path, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int chdir(string path);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial uint umask(uint mode);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial void sync();

    /// <summary>The raw system call, for calls that glibc does not wrap; unused arguments are ignored.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);
}
