using System.Buffers.Binary;
using System.Text;

namespace Vic.Oci.Layers;

/// <summary>The fixed fields of one 512-byte tar header (POSIX.1-1988 ustar and GNU tar's variant of it).</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Size = 512;

    private readonly ReadOnlySpan<byte> _block = block;

    public byte Type => _block[156];

    public ReadOnlySpan<byte> LinkName => Text(157, 100);

    public int Mode => (int)(Number(100, 8, "mode") & 0xfff);

    public uint UserId => Small(Number(108, 8, "owner"));

    public uint GroupId => Small(Number(116, 8, "group"));

    public long ContentSize => Number(124, 12, "size");

    public long Modified => Number(136, 12, "time");

    public uint DeviceMajor => Small(Number(329, 8, "device number"));

    public uint DeviceMinor => Small(Number(337, 8, "device number"));

    /// <summary>The real size of a file in GNU tar's old sparse format.</summary>
    public long SparseRealSize => Number(483, 12, "sparse size");

    /// <summary>Whether another block of GNU tar's old sparse map follows the header.</summary>
    public bool SparseContinues => _block[482] != 0;

    private bool IsPosix => _block.Slice(257, 6).SequenceEqual("ustar\0"u8);

    public static bool IsZero(ReadOnlySpan<byte> block) => !block.ContainsAnyExcept((byte)0);

    public byte[] FullName()
    {
        var name = Text(0, 100);
        var prefix = IsPosix ? Text(345, 155) : [];
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    /// <summary>The sum of the header's bytes must be what the header says; old writers summed signed bytes.</summary>
    public void RequireChecksum()
    {
        var (unsigned, signed) = (0L, 0L);
        for (var i = 0; i < Size; i++)
        {
            var value = i is >= 148 and < 156 ? (byte)' ' : _block[i];
            unsigned += value;
            signed += (sbyte)value;
        }

        var expected = Number(148, 8, "checksum");
        if (expected != unsigned && expected != signed)
        {
            throw Invalid("a header's checksum is wrong");
        }
    }

    /// <summary>Adds the entries of a sparse map that starts at an offset of this block; false at the map's end.</summary>
    public bool ReadSparseMap(int offset, int count, List<FileExtent> extents)
    {
        for (var i = 0; i < count; i++)
        {
            var at = offset + (i * 24);
            if (_block[at] == 0)
            {
                return false;
            }

            extents.Add(new FileExtent(Number(at, 12, "sparse map"), Number(at + 12, 12, "sparse map")));
        }

        return true;
    }

    internal static LayerException Invalid(string what) => new(LayerErrorKind.InvalidArchive, $"the layer is not a valid tar archive: {what}");

    private static uint Small(long value) => value is >= 0 and <= uint.MaxValue ? (uint)value : throw Invalid("a number does not fit its field");

    private ReadOnlySpan<byte> Text(int offset, int length)
    {
        var field = _block.Slice(offset, length);
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    // Octal digits, or GNU tar's base 256 when the first bit is set.
    private long Number(int offset, int length, string what)
    {
        var field = _block.Slice(offset, length);
        if ((field[0] & 0x80) != 0)
        {
            return Binary(field, what);
        }

        var digits = Encoding.ASCII.GetString(field).Trim('\0', ' ');
        var end = digits.AsSpan().IndexOfAny('\0', ' ');
        digits = end < 0 ? digits : digits[..end];
        var value = 0L;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
            {
                throw Invalid($"the {what} of an entry is not a number");
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    private static long Binary(ReadOnlySpan<byte> field, string what)
    {
        Span<byte> bytes = stackalloc byte[12];
        var negative = (field[0] & 0x40) != 0;
        bytes.Fill(negative ? (byte)0xff : (byte)0);
        field.CopyTo(bytes[(12 - field.Length)..]);
        bytes[12 - field.Length] = (byte)(negative ? field[0] : field[0] & 0x7f);
        var value = BinaryPrimitives.ReadInt64BigEndian(bytes[4..]);
        var high = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return high == (value < 0 ? -1 : 0) ? value : throw Invalid($"the {what} of an entry is too large");
    }
}
