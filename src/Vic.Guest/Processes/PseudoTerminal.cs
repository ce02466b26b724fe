using Vic.Guest.Linux;

namespace Vic.Guest.Processes;

/// <summary>A pseudo-terminal: the master here, the slave for a program.</summary>
internal sealed unsafe class PseudoTerminal : IDisposable
{
    private const nuint GetNumber = 0x80045430;
    private const nuint SetLock = 0x40045431;
    private const nuint SetWindowSize = 0x5414;

    private FileDescriptor? _slave;

    private PseudoTerminal(FileDescriptor master, FileDescriptor slave, string path)
    {
        Master = master;
        _slave = slave;
        Path = path;
    }

    public FileDescriptor Master { get; }

    /// <summary>Where the program opens the slave.</summary>
    public string Path { get; }

    /// <summary>Opens a new terminal of the instance mounted on <c>/dev/pts</c>.</summary>
    public static PseudoTerminal Open()
    {
        var master = FileDescriptor.Open("/dev/pts/ptmx", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        try
        {
            int number, unlocked = 0;
            LinuxException.Check(Libc.ioctl(master.Number, SetLock, &unlocked), "TIOCSPTLCK");
            LinuxException.Check(Libc.ioctl(master.Number, GetNumber, &number), "TIOCGPTN");
            var path = $"/dev/pts/{number}";

            // While no slave is open the master reports an error, so one is held until the program has ended.
            return new PseudoTerminal(master, FileDescriptor.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal), path);
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>Tells the programs on the terminal its size.</summary>
    public static void Resize(FileDescriptor master, ushort columns, ushort rows)
    {
        var size = stackalloc ushort[] { rows, columns, 0, 0 };
        LinuxException.Check(Libc.ioctl(master.Number, SetWindowSize, size), "TIOCSWINSZ");
    }

    /// <summary>Lets the master see the end once the programs are gone.</summary>
    public void ReleaseSlave() => Interlocked.Exchange(ref _slave, null)?.Dispose();

    public void Dispose() => ReleaseSlave();
}
