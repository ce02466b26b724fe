namespace Vic.Configuration;

/// <summary>A network mask of 4 or 16 bytes whose set bits are a prefix.</summary>
public sealed class GuestMask
{
    private readonly byte[] bytes;

    private GuestMask(byte[] bytes, int prefixLength)
    {
        this.bytes = bytes;
        PrefixLength = prefixLength;
    }

    /// <summary>The number of leading set bits.</summary>
    public int PrefixLength { get; }

    /// <summary>An IPv4 mask.</summary>
    /// <param name="prefixLength">0 to 32.</param>
    public static GuestMask IPv4(int prefixLength) => Create(prefixLength, 4);

    /// <summary>An IPv6 mask.</summary>
    /// <param name="prefixLength">0 to 128.</param>
    public static GuestMask IPv6(int prefixLength) => Create(prefixLength, 16);

    /// <summary>A mask from its bytes; null when they are not 4 or 16 bytes or not a prefix.</summary>
    public static GuestMask? TryFromBytes(byte[] bytes)
    {
        if (bytes.Length is not (4 or 16))
            return null;
        var prefix = 0;
        while (prefix < bytes.Length * 8 && Bit(bytes, prefix))
            prefix++;
        for (var i = prefix; i < bytes.Length * 8; i++)
        {
            if (Bit(bytes, i))
                return null;
        }

        return new GuestMask((byte[])bytes.Clone(), prefix);
    }

    /// <summary>The mask's bytes.</summary>
    public byte[] GetBytes() => (byte[])bytes.Clone();

    private static GuestMask Create(int prefixLength, int length)
    {
        if (prefixLength < 0 || prefixLength > length * 8)
            throw new ArgumentOutOfRangeException(nameof(prefixLength));
        var bytes = new byte[length];
        for (var i = 0; i < prefixLength; i++)
            bytes[i / 8] |= (byte)(0x80 >> (i % 8));
        return new GuestMask(bytes, prefixLength);
    }

    private static bool Bit(byte[] bytes, int index) => (bytes[index / 8] & (0x80 >> (index % 8))) != 0;
}
