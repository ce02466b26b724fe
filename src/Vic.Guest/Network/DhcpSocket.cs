using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Vic.Guest.Linux;

namespace Vic.Guest.Network;

/// <summary>Sends and receives DHCP on a link that has no address yet: whole IP packets through packet(7).</summary>
internal sealed unsafe class DhcpSocket : IDisposable
{
    private const ushort InternetProtocol = 0x0800;
    private const int AddressLength = 20;
    private const int PacketHeader = 20;
    private const int DatagramHeader = 8;
    private const byte UserDatagram = 17;
    private const ushort ServerPort = 67;
    private const ushort ClientPort = 68;
    private const short PollIn = 1;

    private readonly FileDescriptor _socket;
    private readonly int _link;

    public DhcpSocket(int link)
    {
        _link = link;
        var protocol = BinaryPrimitives.ReverseEndianness(InternetProtocol);
        _socket = new FileDescriptor(LinuxException.Check(
            Libc.socket(Libc.AF_PACKET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, protocol),
            "packet socket"));
        var address = stackalloc byte[AddressLength];
        WriteAddress(new Span<byte>(address, AddressLength));
        LinuxException.Check(Libc.bind(_socket.Number, address, AddressLength), "bind packet socket");
    }

    /// <summary>Broadcasts a message to the servers of the network.</summary>
    public void Send(ReadOnlySpan<byte> message)
    {
        var packet = new byte[PacketHeader + DatagramHeader + message.Length];
        var header = packet.AsSpan();
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)packet.Length);
        header[8] = 64;
        header[9] = UserDatagram;
        header.Slice(16, 4).Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Checksum(header[..PacketHeader]));
        BinaryPrimitives.WriteUInt16BigEndian(header[20..], ClientPort);
        BinaryPrimitives.WriteUInt16BigEndian(header[22..], ServerPort);

        // A datagram checksum of zero means none (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(header[24..], (ushort)(DatagramHeader + message.Length));
        message.CopyTo(header[(PacketHeader + DatagramHeader)..]);

        var address = stackalloc byte[AddressLength];
        WriteAddress(new Span<byte>(address, AddressLength));
        fixed (byte* start = packet)
            LinuxException.Check((int)Libc.sendto(_socket.Number, start, (nuint)packet.Length, 0, address, AddressLength), "send DHCP");
    }

    /// <summary>Waits for the next message to a DHCP client; null when the time is over.</summary>
    public byte[]? Receive(TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        var buffer = new byte[2048];
        while (true)
        {
            var left = limit - Stopwatch.GetElapsedTime(started);
            var entry = new Libc.PollEntry { Descriptor = _socket.Number, Events = PollIn };
            if (left <= TimeSpan.Zero || Libc.poll(&entry, 1, (int)left.TotalMilliseconds + 1) == 0)
                return null;
            int length;
            fixed (byte* start = buffer)
                length = (int)Libc.recv(_socket.Number, start, (nuint)buffer.Length, 0);
            if (length < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.Interrupted)
                throw LinuxException.Last("receive DHCP");
            if (Payload(buffer.AsSpan(0, Math.Max(length, 0))) is { } message)
                return message;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[]? Payload(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < PacketHeader || packet[0] >> 4 != 4 || packet[9] != UserDatagram)
            return null;
        var header = (packet[0] & 0xF) * 4;
        return packet.Length >= header + DatagramHeader && BinaryPrimitives.ReadUInt16BigEndian(packet[(header + 2)..]) == ClientPort
            ? packet[(header + DatagramHeader)..].ToArray()
            : null;
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (; header.Length >= 2; header = header[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(header);
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>struct sockaddr_ll with the broadcast address.</summary>
    private void WriteAddress(Span<byte> address)
    {
        address.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(address, Libc.AF_PACKET);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], InternetProtocol);
        BinaryPrimitives.WriteInt32LittleEndian(address[4..], _link);
        address[11] = 6;
        address.Slice(12, 6).Fill(0xFF);
    }
}
