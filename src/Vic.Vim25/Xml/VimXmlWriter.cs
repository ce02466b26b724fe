using System.Buffers;

namespace Vic.Vim25;

/// <summary>Writes the XML that vim25 uses as UTF-8 bytes into one buffer.</summary>
internal sealed partial class VimXmlWriter : IDisposable
{
    /// <summary>Deeper than any real object; data objects that contain themselves end here.</summary>
    private const int MaxDepth = 200;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;
    private int _depth;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes markup as it is.</summary>
    public void Raw(ReadOnlySpan<byte> markup)
    {
        markup.CopyTo(Reserve(markup.Length));
        _length += markup.Length;
    }

    /// <summary>Writes a name or another text that is ASCII and needs no escape.</summary>
    public void Raw(string ascii)
    {
        Span<byte> space = Reserve(ascii.Length);
        for (int index = 0; index < ascii.Length; index++)
        {
            space[index] = (byte)ascii[index];
        }

        _length += ascii.Length;
    }

    /// <summary>Writes text; what XML cannot carry becomes U+FFFD.</summary>
    public void Text(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            char c = text[index];
            if (c < 0x80)
            {
                Ascii(c);
            }
            else if (char.IsHighSurrogate(c) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                Rune(char.ConvertToUtf32(c, text[++index]));
            }
            else
            {
                Rune(char.IsSurrogate(c) || c >= 0xFFFE ? 0xFFFD : c);
            }
        }
    }

    private void Open(ReadOnlySpan<byte> name)
    {
        OpenTag(name);
        Raw(">"u8);
    }

    private void OpenTag(ReadOnlySpan<byte> name)
    {
        Raw("<"u8);
        Raw(name);
    }

    private void Close(ReadOnlySpan<byte> name)
    {
        Raw("</"u8);
        Raw(name);
        Raw(">"u8);
    }

    private void Ascii(char c)
    {
        switch (c)
        {
            case '<': Raw("&lt;"u8); break;
            case '>': Raw("&gt;"u8); break;
            case '&': Raw("&amp;"u8); break;
            case '"': Raw("&quot;"u8); break;
            case '\r': Raw("&#13;"u8); break;
            case < ' ' and not ('\t' or '\n'): Rune(0xFFFD); break;
            default:
                Reserve(1)[0] = (byte)c;
                _length++;
                break;
        }
    }

    private void Rune(int rune)
    {
        Span<byte> space = Reserve(4);
        if (rune < 0x800)
        {
            space[0] = (byte)(0xC0 | (rune >> 6));
            space[1] = Continuation(rune);
            _length += 2;
        }
        else if (rune < 0x10000)
        {
            space[0] = (byte)(0xE0 | (rune >> 12));
            space[1] = Continuation(rune >> 6);
            space[2] = Continuation(rune);
            _length += 3;
        }
        else
        {
            space[0] = (byte)(0xF0 | (rune >> 18));
            space[1] = Continuation(rune >> 12);
            space[2] = Continuation(rune >> 6);
            space[3] = Continuation(rune);
            _length += 4;
        }
    }

    private static byte Continuation(int bits) => (byte)(0x80 | (bits & 0x3F));

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            Buffer.BlockCopy(_buffer, 0, larger, 0, _length);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
