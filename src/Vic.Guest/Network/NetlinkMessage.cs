using System.Buffers.Binary;

namespace Vic.Guest.Network;

/// <summary>A request of netlink(7): header, fixed part, attributes, each aligned to four bytes.</summary>
internal sealed class NetlinkMessage(ushort type, ushort flags)
{
    private const int HeaderLength = 16;
    private readonly List<byte> _body = [];

    public void Append(ReadOnlySpan<byte> bytes) => _body.AddRange(bytes);

    public void AppendAttribute(ushort kind, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(header.Length + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], kind);
        _body.AddRange(header);
        _body.AddRange(value);
        while (_body.Count % 4 != 0)
            _body.Add(0);
    }

    public byte[] ToArray(int sequence)
    {
        var message = new byte[HeaderLength + _body.Count];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), flags);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), sequence);
        _body.CopyTo(message, HeaderLength);
        return message;
    }
}
