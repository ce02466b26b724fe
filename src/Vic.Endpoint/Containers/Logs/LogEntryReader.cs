using System.Buffers.Binary;
using System.Buffers.Text;
using Vic.Endpoint.Api.Streams;

namespace Vic.Endpoint.Containers.Logs;

/// <summary>
/// Reads a container VM's output.log: entries of sixteen base64 characters (eight bytes of little-endian nanoseconds since
/// 1970, two bytes of size and stream) and at most 4095 bytes of output, as vmware/vic's lib/iolog writes them. The file grows
/// while it is read and a guest may have written anything: an entry that is not whole yet stays unread, and bytes that are no
/// entry are skipped.
/// </summary>
public sealed class LogEntryReader
{
    private const int EncodedHeaderLength = 16;
    private const int HeaderLength = 10;
    private const int ErrorFlag = 8;
    private const int LargestEntry = 4095;
    private const int NanosecondsPerTick = 100;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>How many bytes of the file have become entries.</summary>
    public long Position { get; private set; }

    /// <summary>Reads every whole entry that a part of the file holds; the part begins at <see cref="Position"/>.</summary>
    public async IAsyncEnumerable<LogEntry> ReadAsync(
        Stream part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _filled = 0;
        while (true)
        {
            var read = await part.ReadAsync(_buffer.AsMemory(_filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                yield break;
            }

            _filled += read;
            var start = 0;
            while (TryTake(ref start, out var entry))
            {
                if (entry is not null)
                {
                    yield return entry;
                }
            }

            _buffer.AsSpan(start, _filled - start).CopyTo(_buffer);
            _filled -= start;
            Position += start;
        }
    }

    /// <summary>Takes one entry, or one byte that begins none; false when more bytes are needed.</summary>
    private bool TryTake(ref int start, out LogEntry? entry)
    {
        entry = null;
        if (_filled - start < EncodedHeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[12];
        var encoded = _buffer.AsSpan(start, EncodedHeaderLength);
        if (Base64.DecodeFromUtf8(encoded, header, out _, out var written) != System.Buffers.OperationStatus.Done || written != HeaderLength)
        {
            start++;
            return true;
        }

        var sizeAndStream = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        var size = sizeAndStream >> 4;
        if (size > LargestEntry || _filled - start < EncodedHeaderLength + size)
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64LittleEndian(header) / NanosecondsPerTick;
        entry = new LogEntry(
            DateTimeOffset.UnixEpoch.AddTicks(Math.Max(ticks, 0)),
            (sizeAndStream & ErrorFlag) != 0 ? OutputChannel.StandardError : OutputChannel.StandardOutput,
            _buffer.AsSpan(start + EncodedHeaderLength, size).ToArray());
        start += EncodedHeaderLength + size;
        return true;
    }
}
