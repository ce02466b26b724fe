namespace Vic.Endpoint.Api.Connections;

/// <summary>Finds the end of a chunked body without changing it (RFC 9112, section 7.1).</summary>
internal sealed class ChunkedBodyScanner
{
    private const long LargestChunk = 1L << 40;
    private Part _part;
    private long _remaining;
    private bool _extension;
    private bool _lineIsEmpty = true;

    private enum Part
    {
        /// <summary>In the line with a chunk's size.</summary>
        Size = 0,

        /// <summary>In a chunk's bytes.</summary>
        Data,

        /// <summary>In the line end behind a chunk's bytes.</summary>
        DataEnd,

        /// <summary>In the trailer lines behind the last chunk.</summary>
        Trailer,

        /// <summary>Behind the body.</summary>
        End,
    }

    /// <summary>Whether the body has ended.</summary>
    public bool IsComplete => _part == Part.End;

    /// <summary>Returns how many of these bytes belong to the body.</summary>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length && _part != Part.End)
        {
            if (_part == Part.Data)
            {
                var taken = (int)Math.Min(_remaining, bytes.Length - position);
                position += taken;
                _remaining -= taken;
                if (_remaining == 0)
                {
                    _part = Part.DataEnd;
                }

                continue;
            }

            Step(bytes[position++]);
        }

        return position;
    }

    private void Step(byte value)
    {
        switch (_part)
        {
            case Part.Size when value == '\n':
                _part = _remaining == 0 ? Part.Trailer : Part.Data;
                _extension = false;
                _lineIsEmpty = true;
                break;
            case Part.Size when !_extension && char.IsAsciiHexDigit((char)value):
                // A size beyond any body is malformed; Kestrel refuses it, so its value does not matter here.
                _remaining = Math.Min((_remaining << 4) | (uint)Convert.ToInt32(((char)value).ToString(), 16), LargestChunk);
                break;
            case Part.Size:
                _extension = true;
                break;
            case Part.DataEnd when value == '\n':
                _part = Part.Size;
                _remaining = 0;
                break;
            case Part.Trailer when value == '\n':
                _part = _lineIsEmpty ? Part.End : Part.Trailer;
                _lineIsEmpty = true;
                break;
            case Part.Trailer when value != '\r':
                _lineIsEmpty = false;
                break;
            default:
                break;
        }
    }
}
