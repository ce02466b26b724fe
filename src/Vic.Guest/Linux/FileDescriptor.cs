using Microsoft.Win32.SafeHandles;

namespace Vic.Guest.Linux;

/// <summary>An open file descriptor; closed with its owner.</summary>
public sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    /// <summary>Made by the marshaller.</summary>
    public FileDescriptor()
        : base(ownsHandle: true)
    {
    }

    internal FileDescriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    /// <summary>The descriptor's number; valid while this object is alive and open.</summary>
    public int Number => (int)handle;

    /// <summary>Opens a file; the descriptor is not inherited by programs.</summary>
    internal static FileDescriptor Open(string path, OpenFlags flags, int mode = 0)
    {
        var descriptor = Libc.open(path, (int)(flags | OpenFlags.CloseOnExec), mode);
        return new FileDescriptor(LinuxException.Check(descriptor, $"open {path}"));
    }

    /// <summary>A pipe whose ends are not inherited by programs unless they are passed on purpose.</summary>
    internal static unsafe (FileDescriptor Read, FileDescriptor Write) Pipe()
    {
        var ends = stackalloc int[2];
        LinuxException.Check(Libc.pipe2(ends, (int)OpenFlags.CloseOnExec), "pipe");
        return (new FileDescriptor(ends[0]), new FileDescriptor(ends[1]));
    }

    /// <summary>A second descriptor for the same file, numbered above the given one.</summary>
    internal FileDescriptor DuplicateAbove(int number) =>
        new(LinuxException.Check(Libc.fcntl(Number, Libc.F_DUPFD_CLOEXEC, number + 1), "fcntl"));

    /// <summary>Makes reads and writes return at once.</summary>
    internal void SetNonBlocking()
    {
        var flags = LinuxException.Check(Libc.fcntl(Number, Libc.F_GETFL, 0), "fcntl");
        LinuxException.Check(Libc.fcntl(Number, Libc.F_SETFL, flags | (int)OpenFlags.NonBlocking), "fcntl");
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
