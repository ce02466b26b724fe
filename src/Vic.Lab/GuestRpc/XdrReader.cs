using System.Buffers.Binary;

namespace Vic.Lab.GuestRpc;

/// <summary>Reads External Data Representation (RFC 4506): big-endian words, opaque data padded to four bytes.</summary>
internal ref struct XdrReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <exception cref="InvalidDataException">The data ends too early.</exception>
    public uint ReadUInt32()
    {
        if (_rest.Length < sizeof(uint))
        {
            throw new InvalidDataException("the data ends early");
        }

        var value = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[sizeof(uint)..];
        return value;
    }

    /// <summary>Whether optional data follows.</summary>
    public bool ReadPresence() => ReadUInt32() != 0;

    /// <summary>Reads the count of an array, which may not be larger than given.</summary>
    public int ReadCount(int maximum)
    {
        var count = ReadUInt32();
        return count <= maximum ? (int)count : throw new InvalidDataException($"{count} elements are too many");
    }

    /// <summary>Reads bytes with their length in front.</summary>
    public ReadOnlySpan<byte> ReadOpaque()
    {
        var length = ReadUInt32();
        var padded = ((ulong)length + 3) & ~3UL;
        if (padded > (ulong)_rest.Length)
        {
            throw new InvalidDataException("the data ends early");
        }

        var bytes = _rest[..(int)length];
        _rest = _rest[(int)padded..];
        return bytes;
    }
}
