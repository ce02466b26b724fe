using System.Buffers;
using System.Runtime.CompilerServices;

namespace Vic.Vim25;

/// <summary>
/// Reads the XML that vim25 uses, forward only, from UTF-8 bytes as they arrive: elements, text, <c>xsi:type</c>, <c>xsi:nil</c> and the
/// <c>type</c> of a reference. Comments and processing instructions are passed over; a document type is refused. Namespaces are not
/// resolved: vim25 has one, and its names do not collide with those of SOAP's envelope.
/// </summary>
/// <remarks>
/// Names and types are spans into the buffer and live until the reader moves. End tags are counted, not compared with their start
/// tags: what a peer gains by writing others is a document that reads as if it had written the right ones.
/// </remarks>
internal sealed partial class VimXmlReader : IDisposable
{
    /// <summary>
    /// For methods that run for every element: compiled well at once, because a process that reads one inventory ends before the just-in-time
    /// compiler's second turn.
    /// </summary>
    internal const MethodImplOptions Hot =
#if NET
        MethodImplOptions.AggressiveOptimization;
#else
        MethodImplOptions.NoInlining;
#endif

    private readonly Stream _stream;
    private readonly VimXmlLimits _limits;
    private readonly StringCache _strings = new();
    private byte[] _buffer;
    private int _position;
    private int _end;
    private long _totalBytes;
    private int _depth;
    private bool _isEmpty;

    private int _nameStart;
    private int _nameLength;
    private int _typeStart;
    private int _typeLength;
    private int _referenceTypeStart;
    private int _referenceTypeLength;

    public VimXmlReader(Stream stream, VimXmlLimits limits)
    {
        _stream = stream;
        _limits = limits;
        _buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        SkipByteOrderMark();
    }

    /// <summary>The hash of the element's local name (<see cref="NameTable.Hash(ReadOnlySpan{byte})"/>).</summary>
    public uint NameHash { get; private set; }

    /// <summary>The element's name without its prefix.</summary>
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_nameStart, _nameLength);

    /// <summary>The name in <c>xsi:type</c> without its prefix; empty when the element has none.</summary>
    private ReadOnlySpan<byte> TypeName => _buffer.AsSpan(_typeStart, _typeLength);

    /// <summary>Has the element <c>xsi:nil="true"</c>?</summary>
    private bool IsNil { get; set; }

    public bool NameIs(ReadOnlySpan<byte> name) => Name.SequenceEqual(name);

    /// <summary>
    /// Moves to the next element within the current one. Call it again after each child was read or skipped; false means that the
    /// current element has ended, and the reader stands behind it.
    /// </summary>
    [MethodImpl(Hot)]
    public bool MoveToChild()
    {
        if (_isEmpty)
        {
            _isEmpty = false;
            _depth--;
            return false;
        }

        while (true)
        {
            SkipTextBefore((byte)'<');
            switch (At(1))
            {
                case (byte)'/':
                    LeaveElement();
                    return false;
                case (byte)'!':
                    SkipMarkup();
                    break;
                case (byte)'?':
                    SkipPast("?>"u8);
                    break;
                default:
                    ReadStartTag();
                    return true;
            }
        }
    }

    /// <summary>Moves to the document's root element.</summary>
    public bool MoveToRoot()
    {
        SkipTextBefore((byte)'<');
        return MoveToChild();
    }

    /// <summary>Moves behind the current element, whatever is in it.</summary>
    [MethodImpl(Hot)]
    public void Skip()
    {
        int outside = _depth - 1;
        while (_depth > outside)
        {
            MoveToChild();
        }
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _position = _end = 0;
        ReleaseScratch();
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [MethodImpl(Hot)]
    private void ReadStartTag()
    {
        if (++_depth > _limits.MaxDepth)
        {
            throw new VimProtocolException($"elements are nested more than {_limits.MaxDepth} deep");
        }

        int close = DistanceTo((byte)'>', 1);
        ReadOnlySpan<byte> tag = _buffer.AsSpan(_position, close);
        int index = 1;
        int name = 1;
        for (; index < tag.Length && !IsNameEnd(tag[index]); index++)
        {
            if (tag[index] == ':')
            {
                name = index + 1;
            }
        }

        int nameLength = index - name;
        if (nameLength == 0)
        {
            throw Malformed();
        }

        NameHash = NameTable.Hash(tag.Slice(name, nameLength));
        close = ReadAttributes(index, close);

        // Now the tag is in the buffer as a whole, and positions in it hold until the next read.
        _nameStart = _position + name;
        _nameLength = nameLength;
        _position += close + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNameEnd(byte b) => b is (byte)'/' or (byte)'=' || IsSpace(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>Moves to the next such byte without leaving the current element's text.</summary>
    private void SkipTextBefore(byte value)
    {
        int found;
        while ((found = _buffer.AsSpan(_position, _end - _position).IndexOf(value)) < 0)
        {
            _position = _end;
            Fill();
        }

        _position += found;
    }

    [MethodImpl(Hot)]
    private void LeaveElement()
    {
        if (--_depth < 0)
        {
            throw Malformed();
        }

        SkipTextBefore((byte)'>');
        _position++;
    }

    private void SkipMarkup()
    {
        if (StartsWith("<!--"u8))
        {
            SkipPast("-->"u8);
        }
        else if (StartsWith("<![CDATA["u8))
        {
            SkipPast("]]>"u8);
        }
        else
        {
            throw new VimProtocolException("a document type is not allowed");
        }
    }

    private bool StartsWith(ReadOnlySpan<byte> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (At(index) != text[index])
            {
                return false;
            }
        }

        return true;
    }

    private void SkipPast(ReadOnlySpan<byte> text)
    {
        int found;
        while ((found = _buffer.AsSpan(_position, _end - _position).IndexOf(text)) < 0)
        {
            _position = Math.Max(_position, _end - text.Length + 1);
            Fill();
        }

        _position += found + text.Length;
    }

    /// <summary>The byte at a distance from the current position; positions move, distances do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte At(int distance)
    {
        while (_position + distance >= _end)
        {
            Fill();
        }

        return _buffer[_position + distance];
    }

    /// <summary>Reads more bytes behind those that are left; they move to the front of the buffer.</summary>
    private void Fill()
    {
        if (!TryFill())
        {
            throw new VimProtocolException("the document ends too early");
        }
    }

    private bool TryFill()
    {
        int rest = _end - _position;
        if (rest == _buffer.Length)
        {
            Grow();
        }
        else if (_position > 0)
        {
            Buffer.BlockCopy(_buffer, _position, _buffer, 0, rest);
            _position = 0;
            _end = rest;
        }

        int count = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _totalBytes += count;
        if (_totalBytes > _limits.MaxDocumentBytes)
        {
            throw new VimProtocolException($"the document is longer than {_limits.MaxDocumentBytes} bytes");
        }

        return count > 0;
    }

    private void Grow()
    {
        if (_buffer.Length >= _limits.MaxTextBytes)
        {
            throw TooLong();
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void SkipByteOrderMark()
    {
        while (_end < 3 && TryFill())
        {
        }

        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
        {
            _position = 3;
        }
    }

    private VimProtocolException TooLong() => new($"a text or tag is longer than {_limits.MaxTextBytes} bytes");

    private static VimProtocolException Malformed() => new("the XML is malformed");
}
