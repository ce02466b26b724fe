using Vic.Guest.Linux;

namespace Vic.Guest.Hardware;

/// <summary>
/// Writes to a 16550 serial port of the PC directly. The kernel's driver takes an interrupt for every 16 bytes, which is most
/// of the cost in a virtual machine; for a port that only sends, filling the FIFO in one instruction when it is empty is several times faster.
/// </summary>
public sealed class SerialOutputStream : Stream
{
    // Register offsets and bits of the 16550 (National Semiconductor PC16550D data sheet).
    private const ushort LineControl = 3;
    private const ushort FifoControl = 2;
    private const ushort ModemControl = 4;
    private const ushort InterruptEnable = 1;
    private const ushort LineStatus = 5;
    private const ushort Scratch = 7;
    private const byte TransmitterEmpty = 0x20;
    private const byte DivisorLatch = 0x80;
    private const byte EightBits = 0x03;
    private const byte EnableFifos = 0x07;
    private const byte ReadyAndRequest = 0x03;
    private const int FifoLength = 16;
    private const int SpinsBeforeSleep = 1000;

    private readonly ushort _port;

    private SerialOutputStream(ushort port) => _port = port;

    /// <summary>The port of COM3.</summary>
    public const ushort Com3 = 0x3E8;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes the port over at its highest speed; null when the machine has no such port.</summary>
    public static SerialOutputStream? TryOpen(ushort port)
    {
        const int AllPorts = 3;
        LinuxException.Check(NativePorts.iopl(AllPorts), "iopl");

        // The scratch register keeps what is written to it; where there is no port, all bits read as one.
        const byte Probe = 0x5A;
        NativePorts.vic_port_write((ushort)(port + Scratch), Probe);
        if (NativePorts.vic_port_read((ushort)(port + Scratch)) != Probe)
            return null;

        NativePorts.vic_port_write((ushort)(port + InterruptEnable), 0);
        NativePorts.vic_port_write((ushort)(port + LineControl), DivisorLatch);
        NativePorts.vic_port_write(port, 1);
        NativePorts.vic_port_write((ushort)(port + 1), 0);
        NativePorts.vic_port_write((ushort)(port + LineControl), EightBits);
        NativePorts.vic_port_write((ushort)(port + FifoControl), EnableFifos);
        NativePorts.vic_port_write((ushort)(port + ModemControl), ReadyAndRequest);
        return new SerialOutputStream(port);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        GrantPorts();
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, FifoLength);
            if (WaitUntilEmpty())
            {
                Fill(buffer.Span[..count]);
                buffer = buffer[count..];
            }
            else
            {
                await Task.Delay(1, cancellationToken).ConfigureAwait(false);
                GrantPorts();
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The permission belongs to a thread, and continuations run on any.</summary>
    private static void GrantPorts() => _ = NativePorts.iopl(3);

    private bool WaitUntilEmpty()
    {
        for (var spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            if ((NativePorts.vic_port_read((ushort)(_port + LineStatus)) & TransmitterEmpty) != 0)
                return true;
        }
        return false;
    }

    private unsafe void Fill(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            NativePorts.vic_port_write_many(_port, start, (uint)bytes.Length);
    }
}
