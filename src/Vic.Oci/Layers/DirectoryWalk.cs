using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vic.Oci.Layers.Native;

namespace Vic.Oci.Layers;

/// <summary>Removes trees without following a link and without leaving the directory it was given.</summary>
internal static class DirectoryWalk
{
    private const int BufferSize = 32 << 10;

    // struct linux_dirent64: inode, offset, record length, type, name.
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <summary>Removes a name in a directory; true when it is gone. Depth is bounded by the length of the paths that made the tree.</summary>
    public static bool Remove(int directory, byte[] name, string path, IReadOnlySet<ulong>? keep)
    {
        var terminated = ConfinedTree.Terminated(name);
        if (LibC.StatusAt(directory, terminated, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_STATS, out var status) < 0)
        {
            return Marshal.GetLastPInvokeError() is LibC.ENOENT or LibC.ENOTDIR ? true : throw ConfinedTree.Failure("look at", path);
        }

        if ((status.Mode & LibC.S_IFMT) != LibC.S_IFDIR)
        {
            return keep?.Contains(status.Inode) != true && Unlink(directory, terminated, 0, path);
        }

        var descriptor = LibC.OpenAt(directory, terminated, LibC.O_DIRECTORY | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0);
        if (descriptor < 0)
        {
            throw ConfinedTree.Failure("open", path);
        }

        bool isEmpty;
        using (var handle = new SafeFileHandle(descriptor, ownsHandle: true))
        {
            isEmpty = Clear(descriptor, path, keep);
        }

        return isEmpty && keep?.Contains(status.Inode) != true && Unlink(directory, terminated, LibC.AT_REMOVEDIR, path);
    }

    /// <summary>Removes what is below a directory; true when nothing is left.</summary>
    public static bool Clear(int directory, string path, IReadOnlySet<ulong>? keep)
    {
        var isEmpty = true;
        foreach (var name in List(directory, path))
        {
            isEmpty &= Remove(directory, name, path, keep);
        }

        return isEmpty;
    }

    private static bool Unlink(int directory, byte[] name, int flags, string path) =>
        LibC.UnlinkAt(directory, name, flags) == 0 ? true : throw ConfinedTree.Failure("remove", path);

    private static List<byte[]> List(int directory, string path)
    {
        var names = new List<byte[]>();
        var buffer = new byte[BufferSize];
        nint length;
        while ((length = LibC.ReadDirectory(directory, buffer, BufferSize)) > 0)
        {
            for (var at = 0; at < length;)
            {
                var record = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + LengthOffset));
                var field = buffer.AsSpan(at + NameOffset, record - NameOffset);
                var name = field[..field.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    names.Add(name.ToArray());
                }

                at += record;
            }
        }

        return length == 0 ? names : throw ConfinedTree.Failure("list", path);
    }
}
