using Vic.Guest.Linux;

namespace Vic.Guest.Streams;

/// <summary>A serial port as a plain stream of bytes.</summary>
public static unsafe class SerialPort
{
    private const nuint SetAttributes = 0x5402;

    // 115200 baud, eight bits, receiver on, no modem lines (asm-generic/termbits.h).
    private const uint ControlFlags = 0x1002 | 0x30 | 0x80 | 0x800;
    private const int MinimumRead = 6;

    /// <summary>Opens the port raw: no echo, no line editing, no translation.</summary>
    public static DescriptorStream Open(string path)
    {
        var descriptor = FileDescriptor.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal | OpenFlags.NonBlocking);
        var settings = new Settings { Control = ControlFlags };
        settings.Characters[MinimumRead] = 1;
        LinuxException.Check(Libc.ioctl(descriptor.Number, SetAttributes, &settings), "TCSETS");
        return new DescriptorStream(descriptor);
    }

    /// <summary>struct termios of the kernel.</summary>
    private struct Settings
    {
        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Line;
        public fixed byte Characters[19];
    }
}
