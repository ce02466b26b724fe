using System.Buffers.Binary;

namespace Vic.Lab.Networks;

/// <summary>What a switch reads of an Ethernet frame (IEEE 802.3): destination and source.</summary>
internal static class EthernetFrame
{
    /// <summary>The shortest frame that has both addresses and a type.</summary>
    public const int MinimumLength = 14;

    /// <summary>The longest frame that QEMU sends: 64 KiB of segmentation offload and headers (NET_BUFSIZE of its net/net.h).</summary>
    public const int MaximumLength = 4096 + 65536;

    /// <summary>The destination as a number of 48 bits.</summary>
    public static ulong Destination(ReadOnlySpan<byte> frame) => Address(frame);

    /// <summary>The source as a number of 48 bits.</summary>
    public static ulong Source(ReadOnlySpan<byte> frame) => Address(frame[6..]);

    /// <summary>Whether an address means many receivers: the lowest bit of its first byte.</summary>
    public static bool IsGroup(ulong address) => (address & 0x0100_0000_0000) != 0;

    private static ulong Address(ReadOnlySpan<byte> bytes) =>
        ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
}
