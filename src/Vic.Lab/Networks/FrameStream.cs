using System.Buffers.Binary;

namespace Vic.Lab.Networks;

/// <summary>Ethernet frames on a byte stream as QEMU's <c>stream</c> netdev sends them: a length of 4 bytes, big-endian, then the frame.</summary>
internal sealed class FrameStream(Stream stream)
{
    private const int HeaderLength = 4;
    private readonly byte[] _input = new byte[2 * (HeaderLength + EthernetFrame.MaximumLength)];
    private int _start;
    private int _end;

    /// <summary>Reads the next frame, or null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The length cannot be that of an Ethernet frame: the stream is of no more use.</exception>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(HeaderLength, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_input.AsSpan(_start));
        if (length is < EthernetFrame.MinimumLength or > EthernetFrame.MaximumLength)
        {
            throw new InvalidDataException($"{length} bytes are no Ethernet frame");
        }

        _start += HeaderLength;
        if (!await FillAsync((int)length, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var frame = _input.AsSpan(_start, (int)length).ToArray();
        _start += (int)length;
        return frame;
    }

    /// <summary>Appends a frame with its length to a buffer that goes to <see cref="WriteAsync"/>.</summary>
    public static void Append(MemoryStream batch, ReadOnlySpan<byte> frame)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, frame.Length);
        batch.Write(header);
        batch.Write(frame);
    }

    /// <summary>Writes what was appended.</summary>
    public ValueTask WriteAsync(MemoryStream batch, CancellationToken cancellationToken) =>
        stream.WriteAsync(batch.GetBuffer().AsMemory(0, (int)batch.Length), cancellationToken);

    private async ValueTask<bool> FillAsync(int needed, CancellationToken cancellationToken)
    {
        while (_end - _start < needed)
        {
            if (_start > 0 && _input.Length - _start < HeaderLength + EthernetFrame.MaximumLength)
            {
                _input.AsSpan(_start, _end - _start).CopyTo(_input);
                _end -= _start;
                _start = 0;
            }

            var count = await stream.ReadAsync(_input.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return false;
            }

            _end += count;
        }

        return true;
    }
}
