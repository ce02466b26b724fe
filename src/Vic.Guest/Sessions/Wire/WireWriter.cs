using System.Buffers.Binary;
using System.Text;

namespace Vic.Guest.Sessions.Wire;

/// <summary>Writes fields, little-endian, into a growing buffer.</summary>
internal sealed class WireWriter
{
    private byte[] buffer = new byte[64];
    private int length;

    internal ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    internal WireWriter Byte(byte value)
    {
        Reserve(1)[0] = value;
        return this;
    }

    internal WireWriter UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);
        return this;
    }

    internal WireWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
        return this;
    }

    internal WireWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        return this;
    }

    internal WireWriter Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        return this;
    }

    internal WireWriter Text(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        UInt32((uint)count);
        Encoding.UTF8.GetBytes(value, Reserve(count));
        return this;
    }

    internal WireWriter Texts(IReadOnlyList<string> values)
    {
        UInt32((uint)values.Count);
        for (var i = 0; i < values.Count; i++)
            Text(values[i]);
        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (length + count > buffer.Length)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        length += count;
        return buffer.AsSpan(length - count, count);
    }
}
