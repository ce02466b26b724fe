using System.Runtime.InteropServices;

namespace Vic.Guest.Hardware;

/// <summary>I/O ports; the functions are linked into the guest's program from a few lines of C.</summary>
internal static unsafe partial class NativePorts
{
    [LibraryImport("vicports")]
    internal static partial void vic_backdoor(uint* registers);

    [LibraryImport("vicports")]
    internal static partial byte vic_port_read(ushort port);

    [LibraryImport("vicports")]
    internal static partial void vic_port_write(ushort port, byte value);

    [LibraryImport("vicports")]
    internal static partial void vic_port_write_many(ushort port, byte* data, uint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int iopl(int level);
}
