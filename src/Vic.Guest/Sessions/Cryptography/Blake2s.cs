using System.Buffers.Binary;
using System.Numerics;

namespace Vic.Guest.Sessions.Cryptography;

/// <summary>BLAKE2s with a 32-byte digest, with a key or without (RFC 7693).</summary>
public sealed class Blake2s
{
    /// <summary>Bytes of a digest.</summary>
    public const int DigestLength = 32;

    /// <summary>Bytes of a block.</summary>
    public const int BlockLength = 64;

    private static readonly uint[] Initial =
        [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    private static ReadOnlySpan<byte> Permutations =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    private readonly uint[] h = new uint[8];
    private readonly byte[] block = new byte[BlockLength];
    private int blockLength;
    private ulong total;

    /// <summary>Starts a digest.</summary>
    /// <param name="key">Up to 32 bytes; empty for a plain hash.</param>
    public Blake2s(ReadOnlySpan<byte> key = default)
    {
        if (key.Length > DigestLength)
            throw new ArgumentException("A key has at most 32 bytes.", nameof(key));
        Initial.CopyTo(h, 0);
        h[0] ^= 0x01010000u ^ ((uint)key.Length << 8) ^ DigestLength;
        if (key.Length > 0)
        {
            key.CopyTo(block);
            blockLength = BlockLength;
        }
    }

    /// <summary>The digest of one message.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        var hash = new Blake2s(key);
        hash.Update(first);
        hash.Update(second);
        return hash.Finish();
    }

    /// <summary>Adds bytes to the message.</summary>
    public void Update(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            // The last block is compressed differently, so a full block waits until it is known not to be the last.
            if (blockLength == BlockLength)
            {
                total += BlockLength;
                Compress(isLast: false);
                blockLength = 0;
            }

            var take = Math.Min(BlockLength - blockLength, data.Length);
            data[..take].CopyTo(block.AsSpan(blockLength));
            blockLength += take;
            data = data[take..];
        }
    }

    /// <summary>Ends the message.</summary>
    public byte[] Finish()
    {
        total += (uint)blockLength;
        block.AsSpan(blockLength).Clear();
        Compress(isLast: true);
        var digest = new byte[DigestLength];
        for (var i = 0; i < h.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(digest.AsSpan(i * 4), h[i]);
        return digest;
    }

    private void Compress(bool isLast)
    {
        Span<uint> m = stackalloc uint[16];
        Span<uint> v = stackalloc uint[16];
        for (var i = 0; i < 16; i++)
            m[i] = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(i * 4));
        h.CopyTo(v);
        Initial.CopyTo(v[8..]);
        v[12] ^= (uint)total;
        v[13] ^= (uint)(total >> 32);
        if (isLast)
            v[14] = ~v[14];

        for (var round = 0; round < 10; round++)
        {
            var s = Permutations.Slice(round * 16, 16);
            Mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
            Mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
            Mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
            Mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
            Mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
            Mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
            Mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
            Mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
        }

        for (var i = 0; i < h.Length; i++)
            h[i] ^= v[i] ^ v[i + 8];
    }

    private static void Mix(Span<uint> v, int a, int b, int c, int d, uint x, uint y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 12);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 7);
    }
}
