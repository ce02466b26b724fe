namespace Vic.Vim25;

/// <content>Attributes: of those in a start tag, vim25 needs three.</content>
internal sealed partial class VimXmlReader
{
    /// <summary>Reads the attributes from a distance on to the end of the tag, and keeps what vim25 needs.</summary>
    /// <returns>The distance behind the tag.</returns>
    private int ReadAttributes(int index)
    {
        int type = 0;
        int typeLength = 0;
        int referenceType = 0;
        int referenceTypeLength = 0;
        IsNil = false;
        while (true)
        {
            index = SkipSpace(index);
            byte b = At(index);
            if (b == '>')
            {
                _isEmpty = false;
                break;
            }

            if (b == '/')
            {
                _isEmpty = true;
                if (At(++index) != '>')
                {
                    throw Malformed();
                }

                break;
            }

            int name = index;
            int local = index;
            for (; !IsNameEnd(b); b = At(++index))
            {
                if (b == ':')
                {
                    local = index + 1;
                }
            }

            int localLength = index - local;
            int value = ReadAttributeValue(index, out int valueLength);
            index = value + valueLength + 1;
            ReadOnlySpan<byte> localName = _buffer.AsSpan(_position + local, localLength);
            if (localName.SequenceEqual("type"u8))
            {
                if (local == name)
                {
                    (referenceType, referenceTypeLength) = (value, valueLength);
                }
                else
                {
                    int colon = _buffer.AsSpan(_position + value, valueLength).IndexOf((byte)':') + 1;
                    (type, typeLength) = (value + colon, valueLength - colon);
                }
            }
            else if (localName.SequenceEqual("nil"u8))
            {
                IsNil = _buffer.AsSpan(_position + value, valueLength).SequenceEqual("true"u8)
                    || _buffer.AsSpan(_position + value, valueLength).SequenceEqual("1"u8);
            }
        }

        _typeStart = _position + type;
        _typeLength = typeLength;
        _referenceTypeStart = _position + referenceType;
        _referenceTypeLength = referenceTypeLength;
        return index + 1;
    }

    private int ReadAttributeValue(int index, out int length)
    {
        index = SkipSpace(index);
        if (At(index) != '=')
        {
            throw Malformed();
        }

        index = SkipSpace(index + 1);
        byte quote = At(index);
        if (quote is not ((byte)'"' or (byte)'\''))
        {
            throw Malformed();
        }

        int start = ++index;
        while (At(index) != quote)
        {
            index++;
        }

        length = index - start;
        return start;
    }

    private int SkipSpace(int index)
    {
        while (IsSpace(At(index)))
        {
            index++;
        }

        return index;
    }
}
