using System.Buffers.Binary;
using System.Buffers.Text;
using Vic.Configuration;

namespace Vic.Guest.Logs;

/// <summary>
/// The format of a container's <c>output.log</c> (vmware/vic, lib/iolog): each entry is a header, the base64 form of ten bytes
/// (nanoseconds since 1970, 64 bits; size shifted left by four, the stream in bit 3; both little-endian), and its bytes. <see cref="OutputLogReader"/> reads it.
/// </summary>
public static class OutputLogFormat
{
    /// <summary>The longest content of one entry in bytes.</summary>
    public const int MaximumContent = 4095;

    private const int HeaderLength = 16;

    private const int RawHeaderLength = 10;
    private const int StreamBit = 0x8;
    private const int SizeShift = 4;
    private const long NanosecondsPerTick = 100;

    /// <summary>Encodes one entry.</summary>
    public static byte[] Encode(DateTimeOffset time, OutputStreamKind stream, ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, MaximumContent);
        Span<byte> header = stackalloc byte[RawHeaderLength];
        BinaryPrimitives.WriteInt64LittleEndian(header, (time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick);
        var flags = stream == OutputStreamKind.Error ? StreamBit : 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header[sizeof(long)..], (ushort)((content.Length << SizeShift) | flags));

        var entry = new byte[HeaderLength + content.Length];
        Base64.EncodeToUtf8(header, entry, out _, out _);
        content.CopyTo(entry.AsSpan(HeaderLength));
        return entry;
    }
}
