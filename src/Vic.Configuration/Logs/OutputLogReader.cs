namespace Vic.Configuration;

/// <summary>
/// Reads a container's <c>output.log</c>: entries of sixteen base64 characters (eight bytes of little-endian nanoseconds since 1970, two bytes
/// of size and stream) and at most 4095 bytes of output, as vmware/vic's lib/iolog writes them. The file grows while it is read and a guest may
/// have written anything: an entry that is not whole yet stays unread, and bytes that are no entry are skipped.
/// </summary>
public sealed class OutputLogReader
{
    private const int EncodedHeaderLength = 16;
    private const int HeaderLength = 10;
    private const int ErrorFlag = 8;
    private const int SizeShift = 4;
    private const int NanosecondsPerTick = 100;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly sbyte[] Digits = MakeDigits();

    private readonly byte[] header = new byte[HeaderLength];
    private byte[] pending = [];

    /// <summary>How many bytes of the file have become entries; what was read beyond them must be read again after <see cref="Restart"/>.</summary>
    public long Position { get; private set; }

    /// <summary>Begins anew at <see cref="Position"/>: the next bytes are those that follow it in the file.</summary>
    public void Restart() => pending = [];

    /// <summary>Takes the next bytes of the file and returns the entries that they complete.</summary>
    public IReadOnlyList<OutputLogEntry> Add(byte[] bytes, int offset, int count)
    {
        var buffer = new byte[pending.Length + count];
        Buffer.BlockCopy(pending, 0, buffer, 0, pending.Length);
        Buffer.BlockCopy(bytes, offset, buffer, pending.Length, count);

        var entries = new List<OutputLogEntry>();
        var start = 0;
        while (TryTake(buffer, ref start, out var entry))
        {
            if (entry is not null)
                entries.Add(entry);
        }

        pending = new byte[buffer.Length - start];
        Buffer.BlockCopy(buffer, start, pending, 0, pending.Length);
        Position += start;
        return entries;
    }

    /// <summary>Takes one entry, or one byte that begins none; false when more bytes are needed.</summary>
    private bool TryTake(byte[] buffer, ref int start, out OutputLogEntry? entry)
    {
        entry = null;
        if (buffer.Length - start < EncodedHeaderLength)
            return false;

        if (!TryDecodeHeader(buffer, start))
        {
            start++;
            return true;
        }

        var sizeAndStream = header[8] | (header[9] << 8);
        var size = sizeAndStream >> SizeShift;
        var content = start + EncodedHeaderLength;
        if (buffer.Length - content < size)
            return false;

        var bytes = new byte[size];
        Buffer.BlockCopy(buffer, content, bytes, 0, size);
        entry = new OutputLogEntry(
            Time(), (sizeAndStream & ErrorFlag) != 0 ? OutputStreamKind.Error : OutputStreamKind.Output, bytes);
        start = content + size;
        return true;
    }

    private DateTimeOffset Time()
    {
        var nanoseconds = 0L;
        for (var index = sizeof(long) - 1; index >= 0; index--)
            nanoseconds = (nanoseconds << 8) | header[index];

        return DateTimeOffset.FromUnixTimeSeconds(0).AddTicks(Math.Max(nanoseconds, 0) / NanosecondsPerTick);
    }

    // By hand: most bytes of a damaged log begin no entry, and an exception for each would take for ever.
    private bool TryDecodeHeader(byte[] buffer, int start)
    {
        if (buffer[start + EncodedHeaderLength - 1] != '=' || buffer[start + EncodedHeaderLength - 2] != '=')
            return false;

        var bits = 0;
        var held = 0;
        var written = 0;
        for (var index = start; index < start + EncodedHeaderLength - 2; index++)
        {
            var digit = Digits[buffer[index]];
            if (digit < 0)
                return false;
            bits = ((bits << 6) | (byte)digit) & 0xFFFF;
            held += 6;
            if (held >= 8)
            {
                held -= 8;
                header[written++] = (byte)(bits >> held);
            }
        }

        // What is left of the last digit belongs to no byte.
        return written == HeaderLength && (bits & ((1 << held) - 1)) == 0;
    }

    private static sbyte[] MakeDigits()
    {
        var digits = new sbyte[256];
        for (var index = 0; index < digits.Length; index++)
            digits[index] = (sbyte)Alphabet.IndexOf((char)index);
        return digits;
    }
}
