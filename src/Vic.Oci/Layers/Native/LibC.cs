using System.Runtime.InteropServices;

namespace Vic.Oci.Layers.Native;

/// <summary>The system calls that unpack a layer. Paths are zero-terminated bytes.</summary>
internal static partial class LibC
{
    public const int EEXIST = 17;
    public const int ENOENT = 2;
    public const int ENOTDIR = 20;
    public const int ENOTSUP = 95;
    public const int ENOSPC = 28;
    public const int EDQUOT = 122;
    public const int EFBIG = 27;
    public const int ELOOP = 40;
    public const int EXDEV = 18;
    public const int EISDIR = 21;
    public const int EINTR = 4;
    public const int EAGAIN = 11;

    public const int O_WRONLY = 1;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;

    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_REMOVEDIR = 0x200;
    public const int AT_EMPTY_PATH = 0x1000;

    public const uint S_IFMT = 0xf000;
    public const uint S_IFDIR = 0x4000;
    public const uint S_IFCHR = 0x2000;
    public const uint S_IFBLK = 0x6000;
    public const uint S_IFIFO = 0x1000;

    public const ulong RESOLVE_NO_XDEV = 0x01;
    public const ulong RESOLVE_NO_MAGICLINKS = 0x02;
    public const ulong RESOLVE_IN_ROOT = 0x10;

    public const uint STATX_BASIC_STATS = 0x7ff;

    private const long OpenAt2Number = 437;

    // These two differ between processors (asm/fcntl.h).
    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static int O_DIRECTORY => IsArm ? 0x4000 : 0x10000;

    public static int O_NOFOLLOW => IsArm ? 0x8000 : 0x20000;

    public static int OpenAt2(int directory, ReadOnlySpan<byte> path, in OpenHow how) =>
        (int)SystemCall(OpenAt2Number, directory, path, how, (nuint)Marshal.SizeOf<OpenHow>());

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, ReadOnlySpan<byte> path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeDirectoryAt(int directory, ReadOnlySpan<byte> path, uint mode);

    [LibraryImport("libc", EntryPoint = "mknodat", SetLastError = true)]
    public static partial int MakeNodeAt(int directory, ReadOnlySpan<byte> path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int SymbolicLinkAt(ReadOnlySpan<byte> target, int directory, ReadOnlySpan<byte> path);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    public static partial int LinkAt(int oldDirectory, ReadOnlySpan<byte> oldPath, int newDirectory, ReadOnlySpan<byte> newPath, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(int directory, ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true)]
    public static partial int ChangeOwnerAt(int directory, ReadOnlySpan<byte> path, uint user, uint group, int flags);

    [LibraryImport("libc", EntryPoint = "fchmodat", SetLastError = true)]
    public static partial int ChangeModeAt(int directory, ReadOnlySpan<byte> path, uint mode, int flags);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    public static partial int SetTimesAt(int directory, ReadOnlySpan<byte> path, ReadOnlySpan<TimeSpec> times, int flags);

    [LibraryImport("libc", EntryPoint = "lsetxattr", SetLastError = true)]
    public static partial int SetAttribute(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int StatusAt(int directory, ReadOnlySpan<byte> path, int flags, uint mask, out FileStatus status);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint ReadDirectory(int directory, Span<byte> buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    public static partial int SyncFileSystem(int descriptor);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(long number, int directory, ReadOnlySpan<byte> path, in OpenHow how, nuint size);
}
