using System.Runtime.CompilerServices;

namespace Vic.Vim25;

/// <content>Attributes: of those in a start tag, vim25 needs three.</content>
internal sealed partial class VimXmlReader
{
    private static ReadOnlySpan<byte> Type => "xsi:type=\""u8;

    /// <summary>Reads the attributes of a start tag, and keeps what vim25 needs.</summary>
    /// <param name="index">The distance of what follows the name.</param>
    /// <param name="close">The distance of the first <c>&gt;</c>; one in an attribute's value does not end the tag.</param>
    /// <returns>The distance of the <c>&gt;</c> that ends the tag.</returns>
    [MethodImpl(Hot)]
    private int ReadAttributes(int index, int close)
    {
        IsNil = false;
        _isEmpty = false;
        _typeLength = 0;
        _referenceTypeLength = 0;
        int type = 0;
        int referenceType = 0;
        while ((index = SkipSpace(index, close)) < close)
        {
            if (_buffer[_position + index] == '/')
            {
                _isEmpty = index + 1 == close ? true : throw Malformed();
                break;
            }

            if (StartsWithType(index, close))
            {
                // What nearly every attribute is, and how nearly every server writes it.
                type = index + Type.Length;
                _typeLength = DistanceTo((byte)'"', type) - type;
                index = type + _typeLength + 1;
                close = index > close ? DistanceTo((byte)'>', index) : close;
                int prefix = _buffer.AsSpan(_position + type, _typeLength).IndexOf((byte)':') + 1;
                type += prefix;
                _typeLength -= prefix;
                continue;
            }

            int name = index;
            int local = index;
            for (byte b; index < close && !IsNameEnd(b = _buffer[_position + index]); index++)
            {
                if (b == ':')
                {
                    local = index + 1;
                }
            }

            int localLength = index - local;
            int value = OpenAttributeValue(index, close, out byte quote);
            int end = DistanceTo(quote, value);
            if (end > close)
            {
                close = DistanceTo((byte)'>', end + 1);
            }

            index = end + 1;
            ReadOnlySpan<byte> localName = _buffer.AsSpan(_position + local, localLength);
            ReadOnlySpan<byte> text = _buffer.AsSpan(_position + value, end - value);
            if (localName.SequenceEqual("type"u8))
            {
                if (local == name)
                {
                    (referenceType, _referenceTypeLength) = (value, text.Length);
                }
                else
                {
                    int colon = text.IndexOf((byte)':') + 1;
                    (type, _typeLength) = (value + colon, text.Length - colon);
                }
            }
            else if (localName.SequenceEqual("nil"u8))
            {
                IsNil = text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8);
            }
        }

        _typeStart = _position + type;
        _referenceTypeStart = _position + referenceType;
        return close;
    }

    private bool StartsWithType(int index, int close) =>
        close - index > Type.Length && _buffer.AsSpan(_position + index, Type.Length).SequenceEqual(Type);

    /// <summary>The distance of the value's first byte, behind the equals sign and the quote.</summary>
    private int OpenAttributeValue(int index, int close, out byte quote)
    {
        index = SkipSpace(index, close);
        if (index < close && _buffer[_position + index] == '=')
        {
            index = SkipSpace(index + 1, close);
            if (index < close && (quote = _buffer[_position + index]) is (byte)'"' or (byte)'\'')
            {
                return index + 1;
            }
        }

        throw Malformed();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SkipSpace(int index, int close)
    {
        while (index < close && IsSpace(_buffer[_position + index]))
        {
            index++;
        }

        return index;
    }
}
