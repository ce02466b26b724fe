namespace Vic.Configuration.Cryptography;

/// <summary>
/// Poly1305 one-time authenticator (RFC 8439, section 2.5), in limbs of 26 bits so that 32-bit products never overflow 64 bits.
/// Its run time depends on the length of the message only.
/// </summary>
public sealed class Poly1305
{
    /// <summary>Bytes of a one-time key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a tag.</summary>
    public const int TagLength = 16;

    private const int BlockLength = 16;
    private const uint LimbMask = 0x3FFFFFF;
    private const uint FullBlockBit = 1 << 24;

    private readonly byte[] pending = new byte[BlockLength];
    private uint r0, r1, r2, r3, r4;
    private uint h0, h1, h2, h3, h4;
    private uint pad0, pad1, pad2, pad3;
    private int pendingLength;

    /// <summary>Starts a message with a key that must never be used for a second one.</summary>
    public void Start(byte[] key, int offset)
    {
        r0 = LittleEndian.ReadUInt32(key, offset) & 0x3FFFFFF;
        r1 = (LittleEndian.ReadUInt32(key, offset + 3) >> 2) & 0x3FFFF03;
        r2 = (LittleEndian.ReadUInt32(key, offset + 6) >> 4) & 0x3FFC0FF;
        r3 = (LittleEndian.ReadUInt32(key, offset + 9) >> 6) & 0x3F03FFF;
        r4 = (LittleEndian.ReadUInt32(key, offset + 12) >> 8) & 0x00FFFFF;
        pad0 = LittleEndian.ReadUInt32(key, offset + 16);
        pad1 = LittleEndian.ReadUInt32(key, offset + 20);
        pad2 = LittleEndian.ReadUInt32(key, offset + 24);
        pad3 = LittleEndian.ReadUInt32(key, offset + 28);
        h0 = h1 = h2 = h3 = h4 = 0;
        pendingLength = 0;
    }

    /// <summary>Adds bytes to the message.</summary>
    public void Update(byte[] data, int offset, int count)
    {
        if (pendingLength > 0)
        {
            var take = Math.Min(BlockLength - pendingLength, count);
            Buffer.BlockCopy(data, offset, pending, pendingLength, take);
            pendingLength += take;
            offset += take;
            count -= take;
            if (pendingLength < BlockLength)
                return;
            Blocks(pending, 0, BlockLength, FullBlockBit);
            pendingLength = 0;
        }

        var whole = count & ~(BlockLength - 1);
        Blocks(data, offset, whole, FullBlockBit);
        pendingLength = count - whole;
        Buffer.BlockCopy(data, offset + whole, pending, 0, pendingLength);
    }

    /// <summary>Adds zeros up to a multiple of 16 bytes, as the combination with ChaCha20 wants (RFC 8439, section 2.8).</summary>
    public void PadToBlock()
    {
        if (pendingLength == 0)
            return;
        Array.Clear(pending, pendingLength, BlockLength - pendingLength);
        Blocks(pending, 0, BlockLength, FullBlockBit);
        pendingLength = 0;
    }

    /// <summary>Ends the message and writes its tag.</summary>
    public void Finish(byte[] tag, int offset)
    {
        if (pendingLength > 0)
        {
            pending[pendingLength] = 1;
            Array.Clear(pending, pendingLength + 1, BlockLength - pendingLength - 1);
            Blocks(pending, 0, BlockLength, 0);
            pendingLength = 0;
        }

        Carry();
        SubtractPrimeIfNotSmaller();

        var f = (ulong)(h0 | (h1 << 26)) + pad0;
        LittleEndian.WriteUInt32(tag, offset, (uint)f);
        f = (ulong)((h1 >> 6) | (h2 << 20)) + pad1 + (f >> 32);
        LittleEndian.WriteUInt32(tag, offset + 4, (uint)f);
        f = (ulong)((h2 >> 12) | (h3 << 14)) + pad2 + (f >> 32);
        LittleEndian.WriteUInt32(tag, offset + 8, (uint)f);
        f = (ulong)((h3 >> 18) | (h4 << 8)) + pad3 + (f >> 32);
        LittleEndian.WriteUInt32(tag, offset + 12, (uint)f);
    }

    /// <summary>Compares two tags in time that does not depend on where they differ.</summary>
    public static bool TagsEqual(byte[] left, int leftOffset, byte[] right, int rightOffset)
    {
        var difference = 0;
        for (var i = 0; i < TagLength; i++)
            difference |= left[leftOffset + i] ^ right[rightOffset + i];
        return difference == 0;
    }

    private void Blocks(byte[] data, int offset, int count, uint highBit)
    {
        uint s1 = r1 * 5, s2 = r2 * 5, s3 = r3 * 5, s4 = r4 * 5;
        uint a0 = h0, a1 = h1, a2 = h2, a3 = h3, a4 = h4;
        for (; count >= BlockLength; offset += BlockLength, count -= BlockLength)
        {
            var t0 = LittleEndian.ReadUInt32(data, offset);
            var t1 = LittleEndian.ReadUInt32(data, offset + 4);
            var t2 = LittleEndian.ReadUInt32(data, offset + 8);
            var t3 = LittleEndian.ReadUInt32(data, offset + 12);
            a0 += t0 & LimbMask;
            a1 += ((t0 >> 26) | (t1 << 6)) & LimbMask;
            a2 += ((t1 >> 20) | (t2 << 12)) & LimbMask;
            a3 += ((t2 >> 14) | (t3 << 18)) & LimbMask;
            a4 += (t3 >> 8) | highBit;

            var d0 = ((ulong)a0 * r0) + ((ulong)a1 * s4) + ((ulong)a2 * s3) + ((ulong)a3 * s2) + ((ulong)a4 * s1);
            var d1 = ((ulong)a0 * r1) + ((ulong)a1 * r0) + ((ulong)a2 * s4) + ((ulong)a3 * s3) + ((ulong)a4 * s2);
            var d2 = ((ulong)a0 * r2) + ((ulong)a1 * r1) + ((ulong)a2 * r0) + ((ulong)a3 * s4) + ((ulong)a4 * s3);
            var d3 = ((ulong)a0 * r3) + ((ulong)a1 * r2) + ((ulong)a2 * r1) + ((ulong)a3 * r0) + ((ulong)a4 * s4);
            var d4 = ((ulong)a0 * r4) + ((ulong)a1 * r3) + ((ulong)a2 * r2) + ((ulong)a3 * r1) + ((ulong)a4 * r0);

            d1 += d0 >> 26;
            d2 += d1 >> 26;
            d3 += d2 >> 26;
            d4 += d3 >> 26;
            a0 = (uint)d0 & LimbMask;
            a1 = (uint)d1 & LimbMask;
            a2 = (uint)d2 & LimbMask;
            a3 = (uint)d3 & LimbMask;
            a4 = (uint)d4 & LimbMask;
            var low = a0 + ((d4 >> 26) * 5);
            a0 = (uint)low & LimbMask;
            a1 += (uint)(low >> 26);
        }

        h0 = a0;
        h1 = a1;
        h2 = a2;
        h3 = a3;
        h4 = a4;
    }

    private void Carry()
    {
        h2 += h1 >> 26;
        h1 &= LimbMask;
        h3 += h2 >> 26;
        h2 &= LimbMask;
        h4 += h3 >> 26;
        h3 &= LimbMask;
        h0 += (h4 >> 26) * 5;
        h4 &= LimbMask;
        h1 += h0 >> 26;
        h0 &= LimbMask;
    }

    /// <summary>Brings the sum below 2^130 - 5 without a branch on its value.</summary>
    private void SubtractPrimeIfNotSmaller()
    {
        var g0 = h0 + 5;
        var g1 = h1 + (g0 >> 26);
        var g2 = h2 + (g1 >> 26);
        var g3 = h3 + (g2 >> 26);
        var g4 = h4 + (g3 >> 26) - (1u << 26);
        var useDifference = (g4 >> 31) - 1;
        h0 = (h0 & ~useDifference) | (g0 & LimbMask & useDifference);
        h1 = (h1 & ~useDifference) | (g1 & LimbMask & useDifference);
        h2 = (h2 & ~useDifference) | (g2 & LimbMask & useDifference);
        h3 = (h3 & ~useDifference) | (g3 & LimbMask & useDifference);
        h4 = (h4 & ~useDifference) | (g4 & useDifference);
    }
}
