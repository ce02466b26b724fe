using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Vic.Vim25;

/// <content>The text of an element.</content>
internal sealed partial class VimXmlReader
{
    private byte[] _scratch = [];
    private int _scratchLength;
    private byte[] _text = [];
    private int _textStart;
    private int _textLength;

    private ReadOnlySpan<byte> Text => _text.AsSpan(_textStart, _textLength);

    /// <summary>Reads the text without the white space around it. It lives until the reader moves.</summary>
    [MethodImpl(Hot)]
    public ReadOnlySpan<byte> ReadToken()
    {
        ReadText();
        ReadOnlySpan<byte> text = Text;
        while (text.Length > 0 && IsSpace(text[0]))
        {
            text = text.Slice(1);
        }

        while (text.Length > 0 && IsSpace(text[text.Length - 1]))
        {
            text = text.Slice(0, text.Length - 1);
        }

        return text;
    }

    /// <summary>Reads the text of the current element into <see cref="Text"/> and moves behind the element.</summary>
    [MethodImpl(Hot)]
    private void ReadText()
    {
        if (_isEmpty)
        {
            _isEmpty = false;
            _depth--;
            _textLength = 0;
            return;
        }

        // Nearly every text is a run of bytes up to its end tag, which can be used where it lies.
        int length = DistanceTo((byte)'<', 0);
        if (At(length + 1) == '/' && _buffer.AsSpan(_position, length).IndexOf((byte)'&') < 0)
        {
            int tagEnd = DistanceTo((byte)'>', length + 2);
            _text = _buffer;
            _textStart = _position;
            _textLength = length;
            _position += tagEnd + 1;
            _depth--;
            return;
        }

        ReadMixedText();
    }

    /// <summary>Text with entities, CDATA sections, comments, or elements where none belong; those are skipped.</summary>
    private void ReadMixedText()
    {
        _scratchLength = 0;
        while (true)
        {
            int length = DistanceTo((byte)'<', 0);
            AppendDecoded(length);
            _position += length;
            switch (At(1))
            {
                case (byte)'/':
                    LeaveElement();
                    _text = _scratch;
                    _textStart = 0;
                    _textLength = _scratchLength;
                    return;
                case (byte)'!' when StartsWith("<![CDATA["u8):
                    AppendCharacterData();
                    break;
                case (byte)'!':
                    SkipMarkup();
                    break;
                case (byte)'?':
                    SkipPast("?>"u8);
                    break;
                default:
                    ReadStartTag();
                    Skip();
                    break;
            }
        }
    }

    private void AppendCharacterData()
    {
        _position += "<![CDATA["u8.Length;
        int end;
        while ((end = _buffer.AsSpan(_position, _end - _position).IndexOf("]]>"u8)) < 0)
        {
            Fill();
        }

        Append(_buffer.AsSpan(_position, end));
        _position += end + 3;
    }

    private void AppendDecoded(int length)
    {
        ReadOnlySpan<byte> raw = _buffer.AsSpan(_position, length);
        int ampersand;
        while ((ampersand = raw.IndexOf((byte)'&')) >= 0)
        {
            Append(raw.Slice(0, ampersand));
            raw = raw.Slice(ampersand);
            int semicolon = raw.IndexOf((byte)';');
            if (semicolon < 2)
            {
                throw Malformed();
            }

            AppendEntity(raw.Slice(1, semicolon - 1));
            raw = raw.Slice(semicolon + 1);
        }

        Append(raw);
    }

    private void AppendEntity(ReadOnlySpan<byte> entity)
    {
        if (entity[0] == '#')
        {
            AppendRune(CharacterNumber(entity.Slice(1)));
        }
        else if (entity.SequenceEqual("lt"u8))
        {
            AppendByte((byte)'<');
        }
        else if (entity.SequenceEqual("gt"u8))
        {
            AppendByte((byte)'>');
        }
        else if (entity.SequenceEqual("amp"u8))
        {
            AppendByte((byte)'&');
        }
        else if (entity.SequenceEqual("quot"u8))
        {
            AppendByte((byte)'"');
        }
        else if (entity.SequenceEqual("apos"u8))
        {
            AppendByte((byte)'\'');
        }
        else
        {
            throw new VimProtocolException("an entity is used that XML does not define");
        }
    }

    private static uint CharacterNumber(ReadOnlySpan<byte> digits)
    {
        bool isHex = digits.Length > 1 && digits[0] == 'x';
        ReadOnlySpan<byte> number = isHex ? digits.Slice(1) : digits;
        bool isNumber = Utf8Parser.TryParse(number, out uint value, out int used, isHex ? 'X' : 'D') && used == number.Length;
        return isNumber && value <= 0x10FFFF && value is < 0xD800 or > 0xDFFF ? value : throw Malformed();
    }

    private void AppendRune(uint rune)
    {
        if (rune < 0x80)
        {
            AppendByte((byte)rune);
        }
        else if (rune < 0x800)
        {
            Append([(byte)(0xC0 | (rune >> 6)), Continuation(rune)]);
        }
        else if (rune < 0x10000)
        {
            Append([(byte)(0xE0 | (rune >> 12)), Continuation(rune >> 6), Continuation(rune)]);
        }
        else
        {
            Append([(byte)(0xF0 | (rune >> 18)), Continuation(rune >> 12), Continuation(rune >> 6), Continuation(rune)]);
        }
    }

    private static byte Continuation(uint bits) => (byte)(0x80 | (bits & 0x3F));

    private void AppendByte(byte value) => Append([value]);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_scratchLength + bytes.Length > _limits.MaxTextBytes)
        {
            throw TooLong();
        }

        if (_scratchLength + bytes.Length > _scratch.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(256, (_scratchLength + bytes.Length) * 2));
            Buffer.BlockCopy(_scratch, 0, larger, 0, _scratchLength);
            ReleaseScratch();
            _scratch = larger;
        }

        bytes.CopyTo(_scratch.AsSpan(_scratchLength));
        _scratchLength += bytes.Length;
    }

    private void ReleaseScratch()
    {
        byte[] scratch = _scratch;
        _scratch = [];
        if (scratch.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <summary>The distance of the next such byte, not nearer than <paramref name="from"/>; everything before it is in the buffer.</summary>
    [MethodImpl(Hot)]
    private int DistanceTo(byte value, int from)
    {
        while (true)
        {
            int available = _end - _position;
            if (from < available)
            {
                int found = _buffer.AsSpan(_position + from, available - from).IndexOf(value);
                if (found >= 0)
                {
                    return from + found;
                }

                from = available;
            }

            Fill();
        }
    }
}
