using System.Buffers.Binary;
using System.Text;

namespace Vic.Guest.Sessions.Wire;

/// <summary>Reads fields, little-endian; whatever does not fit is a protocol error.</summary>
internal ref struct WireReader
{
    private const int MaximumTexts = 16 * 1024;

    private ReadOnlySpan<byte> rest;

    internal WireReader(ReadOnlySpan<byte> bytes) => rest = bytes;

    internal readonly ReadOnlySpan<byte> Rest => rest;

    internal byte Byte() => Take(1)[0];

    internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    internal string Text() => Encoding.UTF8.GetString(Take(Count(UInt32())));

    internal List<string> Texts()
    {
        var count = UInt32();
        if (count > MaximumTexts)
            throw new SessionProtocolException("A list is too long.");
        var texts = new List<string>();
        for (var i = 0; i < count; i++)
            texts.Add(Text());
        return texts;
    }

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
            throw new SessionProtocolException("A frame is too short.");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private readonly int Count(uint count) =>
        count <= (uint)rest.Length ? (int)count : throw new SessionProtocolException("A text is longer than its frame.");
}
