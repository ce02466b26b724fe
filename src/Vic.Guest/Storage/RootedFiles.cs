using System.Runtime.InteropServices;
using System.Text;
using Vic.Guest.Linux;

namespace Vic.Guest.Storage;

/// <summary>Opens files of an untrusted tree so that no symbolic link leads out of it (openat2 with RESOLVE_IN_ROOT).</summary>
public sealed class RootedFiles(string root)
{
    private const int OpenAt2 = 437;
    private const ulong ResolveInRoot = 0x10;

    /// <summary>Reads a text file; null when it is not there or longer than the limit in bytes.</summary>
    public string? ReadText(string path, int limit)
    {
        using var file = TryOpen(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking, 0);
        if (file is null)
            return null;
        var content = new byte[limit + 1];
        var length = 0;
        while (length < content.Length && Read(file, content.AsSpan(length)) is var count and > 0)
            length += count;
        return length > limit ? null : Encoding.UTF8.GetString(content, 0, length);
    }

    /// <summary>
    /// The path of a file or folder inside the tree, for use while the returned descriptor is open; null when it is not there.
    /// </summary>
    internal FileDescriptor? TryOpen(string path, OpenFlags flags, uint mode)
    {
        using var folder = FileDescriptor.Open(root, OpenFlags.PathOnly | OpenFlags.Directory);
        var how = new OpenHow { Flags = (ulong)(flags | OpenFlags.CloseOnExec), Mode = mode, Resolve = ResolveInRoot };
        return Open(folder, path, ref how);
    }

    /// <summary>A path through which a descriptor's file is reached without following the tree's links again.</summary>
    internal static string PathOf(FileDescriptor descriptor) => $"/proc/self/fd/{descriptor.Number}";

    private static unsafe FileDescriptor? Open(FileDescriptor folder, string path, ref OpenHow how)
    {
        var text = (byte*)Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            fixed (OpenHow* arguments = &how)
            {
                var number = (int)Libc.syscall(OpenAt2, folder.Number, (nint)text, (nint)arguments, sizeof(OpenHow), 0);
                return number < 0 ? null : new FileDescriptor(number);
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)text);
        }
    }

    private static unsafe int Read(FileDescriptor file, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
            return (int)Libc.read(file, start, buffer.Length);
    }

    /// <summary>struct open_how of linux/openat2.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
