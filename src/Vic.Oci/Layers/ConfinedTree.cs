using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vic.Oci.Layers.Native;

namespace Vic.Oci.Layers;

/// <summary>
/// A directory tree that cannot be left. Every parent directory is opened with RESOLVE_IN_ROOT (openat2(2)): links, absolute ones
/// too, lead where they would lead a process whose root is the tree, as in a container. The last component is never followed.
/// </summary>
internal sealed class ConfinedTree : IDisposable
{
    private const uint ImpliedDirectoryMode = 0x1ed; // 0755, as docker makes directories that an archive leaves out.

    private readonly SafeFileHandle _root;
    private LayerPath? _parentPath;
    private SafeFileHandle? _parent;

    public ConfinedTree(string path)
    {
        var descriptor = LibC.OpenAt(LibC.AT_FDCWD, Terminated(Encoding.UTF8.GetBytes(path)), LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0);
        _root = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure("open", path);
    }

    /// <summary>The inode at a path, or null when nothing is there.</summary>
    public FileStatus? Find(LayerPath path)
    {
        if (path.IsRoot)
        {
            return Status(Descriptor(_root), [0], LibC.AT_EMPTY_PATH, path);
        }

        return TryOpenParent(path) is { } parent ? Status(parent, Terminated(path.Name), LibC.AT_SYMLINK_NOFOLLOW, path) : null;
    }

    public void MakeDirectory(LayerPath path) =>
        Require(LibC.MakeDirectoryAt(OpenParent(path), Terminated(path.Name), ImpliedDirectoryMode), "make the directory", path);

    public SafeFileHandle CreateFile(LayerPath path)
    {
        var flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW | LibC.O_CLOEXEC;
        var descriptor = LibC.OpenAt(OpenParent(path), Terminated(path.Name), flags, 0x180);
        Require(descriptor, "create", path);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public void MakeSymbolicLink(LayerPath path, ReadOnlySpan<byte> target)
    {
        Require(LibC.SymbolicLinkAt(Terminated(target), OpenParent(path), Terminated(path.Name)), "make the symbolic link", path);
        Forget();
    }

    public void MakeHardLink(LayerPath path, LayerPath target)
    {
        using var source = OpenDirectory(target.Parent) ?? throw new LayerException(
            LayerErrorKind.InvalidPath, $"the hard link '{path}' leads to '{target}', which is not in the image");
        Require(LibC.LinkAt(Descriptor(source), Terminated(target.Name), OpenParent(path), Terminated(path.Name), 0), $"link to '{target}'", path);
    }

    public void MakeNode(LayerPath path, uint kind, uint major, uint minor)
    {
        // The encoding of dev_t in glibc (sys/sysmacros.h).
        var device = ((ulong)(major & 0xfffff000) << 32) | ((major & 0xfffUL) << 8) | ((ulong)(minor & 0xffffff00) << 12) | (minor & 0xffUL);
        Require(LibC.MakeNodeAt(OpenParent(path), Terminated(path.Name), kind | 0x180, device), "make the node", path);
    }

    public void SetOwner(LayerPath path, uint user, uint group)
    {
        var (directory, name) = Locate(path);
        Require(LibC.ChangeOwnerAt(directory, name, user, group, LibC.AT_SYMLINK_NOFOLLOW), "change the owner of", path);
    }

    /// <summary>Sets permission bits; the path must not be a symbolic link, which has none.</summary>
    public void SetMode(LayerPath path, int mode)
    {
        var (directory, name) = Locate(path);
        Require(LibC.ChangeModeAt(directory, name, (uint)mode, 0), "change the mode of", path);
    }

    public void SetModified(LayerPath path, DateTimeOffset time)
    {
        var (directory, name) = Locate(path);
        var moment = TimeSpec.From(time);
        Require(LibC.SetTimesAt(directory, name, [moment, moment], LibC.AT_SYMLINK_NOFOLLOW), "set the time of", path);
    }

    /// <summary>Sets an extended attribute; false when the file system has none of that kind.</summary>
    public bool SetAttribute(LayerPath path, string name, ReadOnlySpan<byte> value)
    {
        // There is no setxattrat before Linux 6.13; a descriptor's name under /proc stands for the directory itself.
        var (directory, file) = Locate(path);
        var address = Terminated([.. Encoding.ASCII.GetBytes($"/proc/self/fd/{directory}/"), .. file.AsSpan(..^1)]);
        var result = LibC.SetAttribute(address, Terminated(Encoding.UTF8.GetBytes(name)), value, (nuint)value.Length, 0);
        if (result < 0 && Marshal.GetLastPInvokeError() == LibC.ENOTSUP)
        {
            return false;
        }

        Require(result, $"set the attribute '{name}' of", path);
        return true;
    }

    /// <summary>Opens a directory for <see cref="DirectoryWalk"/>; null when the path is not a directory.</summary>
    public SafeFileHandle? OpenListing(LayerPath path)
    {
        if (path.IsRoot)
        {
            return Reopen(Descriptor(_root), "."u8);
        }

        return TryOpenParent(path) is { } parent ? Reopen(parent, path.Name) : null;
    }

    /// <summary>Removes what is at a path, with everything below it. Nothing there is no error.</summary>
    public void Remove(LayerPath path)
    {
        if (TryOpenParent(path) is { } parent)
        {
            DirectoryWalk.Remove(parent, path.Name.ToArray(), path.ToString(), keep: null);
            Forget();
        }
    }

    /// <summary>Removes what is at a path unless <paramref name="keep"/> wants it, or something below it.</summary>
    public void RemoveExcept(LayerPath path, IReadOnlySet<ulong> keep)
    {
        if (TryOpenParent(path) is { } parent)
        {
            DirectoryWalk.Remove(parent, path.Name.ToArray(), path.ToString(), keep);
            Forget();
        }
    }

    /// <summary>Removes everything below a directory that <paramref name="keep"/> does not want.</summary>
    public void ClearExcept(LayerPath directory, IReadOnlySet<ulong> keep)
    {
        using var listing = OpenListing(directory);
        if (listing is not null)
        {
            DirectoryWalk.Clear(Descriptor(listing), directory.ToString(), keep);
            Forget();
        }
    }

    /// <summary>Writes everything to the disk.</summary>
    public void Sync()
    {
        using var listing = Reopen(Descriptor(_root), "."u8) ?? throw Failure("open", "/");
        Require(LibC.SyncFileSystem(Descriptor(listing)), "write to the disk", LayerPath.Root);
    }

    public void Dispose()
    {
        Forget();
        _root.Dispose();
    }

    internal static byte[] Terminated(ReadOnlySpan<byte> name) => [.. name, 0];

    internal static int Descriptor(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    internal static LayerException Failure(string action, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        var kind = error switch
        {
            LibC.ENOSPC or LibC.EDQUOT or LibC.EFBIG => LayerErrorKind.OutOfSpace,
            LibC.ELOOP or LibC.EXDEV or LibC.ENOTDIR or LibC.ENOENT or LibC.EISDIR or LibC.EEXIST => LayerErrorKind.InvalidPath,
            _ => LayerErrorKind.FileSystem,
        };
        var reason = kind == LayerErrorKind.OutOfSpace ? "no space left on device" : Marshal.GetPInvokeErrorMessage(error).ToLowerInvariant();
        return new LayerException(kind, $"cannot {action} '{path}': {reason}");
    }

    private static SafeFileHandle? Reopen(int directory, ReadOnlySpan<byte> name)
    {
        var descriptor = LibC.OpenAt(directory, Terminated(name), LibC.O_DIRECTORY | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
    }

    private static FileStatus? Status(int directory, byte[] name, int flags, LayerPath path)
    {
        if (LibC.StatusAt(directory, name, flags, LibC.STATX_BASIC_STATS, out var status) == 0)
        {
            return status;
        }

        return Marshal.GetLastPInvokeError() is LibC.ENOENT or LibC.ENOTDIR ? null : throw Failure("look at", path.ToString());
    }

    private static void Require(int result, string action, LayerPath path)
    {
        if (result < 0)
        {
            throw Failure(action, path.ToString());
        }
    }

    private (int Directory, byte[] Name) Locate(LayerPath path) =>
        path.IsRoot ? (OpenRoot(), [(byte)'.', 0]) : (OpenParent(path), Terminated(path.Name));

    private int OpenRoot()
    {
        _ = TryOpenParent(LayerPath.Root);
        return Descriptor(_parent!);
    }

    // Directories that the archive leaves out are made on the way.
    private int OpenParent(LayerPath path)
    {
        if (TryOpenParent(path) is { } parent)
        {
            return parent;
        }

        var directory = path.Parent;
        var grandparent = OpenParent(directory);
        if (LibC.MakeDirectoryAt(grandparent, Terminated(directory.Name), ImpliedDirectoryMode) < 0)
        {
            throw Failure("make the directory", directory.ToString());
        }

        return TryOpenParent(path) ?? throw Failure("open the directory of", path.ToString());
    }

    private int? TryOpenParent(LayerPath path)
    {
        var directory = path.Parent;
        if (_parentPath?.IsSame(directory) != true)
        {
            var opened = OpenDirectory(directory);
            if (opened is null)
            {
                return null;
            }

            Forget();
            (_parentPath, _parent) = (directory, opened);
        }

        return Descriptor(_parent!);
    }

    private SafeFileHandle? OpenDirectory(LayerPath directory)
    {
        var how = new OpenHow
        {
            Flags = (ulong)(LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC),
            Resolve = LibC.RESOLVE_IN_ROOT | LibC.RESOLVE_NO_MAGICLINKS | LibC.RESOLVE_NO_XDEV,
        };
        var name = Terminated(directory.IsRoot ? "."u8 : directory.Bytes);
        int descriptor;
        do
        {
            descriptor = LibC.OpenAt2(Descriptor(_root), name, how);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() is LibC.EINTR or LibC.EAGAIN);

        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        return Marshal.GetLastPInvokeError() == LibC.ENOENT ? null : throw Failure("open the directory", directory.ToString());
    }

    // What a path leads to may have changed.
    private void Forget()
    {
        _parent?.Dispose();
        (_parent, _parentPath) = (null, null);
    }
}
