using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vic.Guest.Sessions.Cryptography;

/// <summary>
/// The ChaCha20 stream cipher (RFC 8439, section 2.4), four blocks at a time in 128-bit vectors, which every x86-64 and ARM64 processor has.
/// </summary>
internal sealed class ChaCha20
{
    internal const int KeyLength = 32;

    private const int BlockLength = 64;
    private const int StrideLength = 4 * BlockLength;

    private readonly uint[] key = new uint[8];

    internal ChaCha20(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < this.key.Length; i++)
            this.key[i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(i * 4)..]);
    }

    /// <summary>
    /// Adds the key stream to the data, from block <paramref name="counter"/> on. <paramref name="nonce"/> is the nonce's last eight bytes
    /// as a little-endian number; the first four are zero, as Noise has it.
    /// </summary>
    internal void Transform(Span<byte> data, ulong nonce, uint counter)
    {
        Span<uint> stream = stackalloc uint[StrideLength / 4];
        Span<byte> last = stackalloc byte[StrideLength];
        while (data.Length > 0)
        {
            Blocks(stream, nonce, counter);
            counter += 4;
            if (data.Length >= StrideLength)
            {
                Xor(MemoryMarshal.Cast<byte, uint>(data), stream);
                data = data[StrideLength..];
            }
            else
            {
                data.CopyTo(last);
                Xor(MemoryMarshal.Cast<byte, uint>(last), stream);
                last[..data.Length].CopyTo(data);
                data = default;
            }
        }

        stream.Clear();
        last.Clear();
    }

    /// <summary>Word w of block b is at w * 4 + b of the stream.</summary>
    private static void Xor(Span<uint> data, ReadOnlySpan<uint> stream)
    {
        for (var block = 0; block < 4; block++)
        {
            var target = data.Slice(block * 16, 16);
            for (var word = 0; word < 16; word++)
                target[word] ^= stream[(word * 4) + block];
        }
    }

    private void Blocks(Span<uint> stream, ulong nonce, uint counter)
    {
        var k0 = Vector128.Create(key[0]);
        var k1 = Vector128.Create(key[1]);
        var k2 = Vector128.Create(key[2]);
        var k3 = Vector128.Create(key[3]);
        var k4 = Vector128.Create(key[4]);
        var k5 = Vector128.Create(key[5]);
        var k6 = Vector128.Create(key[6]);
        var k7 = Vector128.Create(key[7]);
        var c0 = Vector128.Create(0x61707865u);
        var c1 = Vector128.Create(0x3320646Eu);
        var c2 = Vector128.Create(0x79622D32u);
        var c3 = Vector128.Create(0x6B206574u);
        var n0 = Vector128.Create(counter) + Vector128.Create(0u, 1u, 2u, 3u);
        var n2 = Vector128.Create((uint)nonce);
        var n3 = Vector128.Create((uint)(nonce >> 32));

        Vector128<uint> x0 = c0, x1 = c1, x2 = c2, x3 = c3, x4 = k0, x5 = k1, x6 = k2, x7 = k3;
        Vector128<uint> x8 = k4, x9 = k5, x10 = k6, x11 = k7, x12 = n0, x13 = default, x14 = n2, x15 = n3;
        for (var round = 0; round < 10; round++)
        {
            Quarter(ref x0, ref x4, ref x8, ref x12);
            Quarter(ref x1, ref x5, ref x9, ref x13);
            Quarter(ref x2, ref x6, ref x10, ref x14);
            Quarter(ref x3, ref x7, ref x11, ref x15);
            Quarter(ref x0, ref x5, ref x10, ref x15);
            Quarter(ref x1, ref x6, ref x11, ref x12);
            Quarter(ref x2, ref x7, ref x8, ref x13);
            Quarter(ref x3, ref x4, ref x9, ref x14);
        }

        (x0 + c0).CopyTo(stream);
        (x1 + c1).CopyTo(stream[4..]);
        (x2 + c2).CopyTo(stream[8..]);
        (x3 + c3).CopyTo(stream[12..]);
        (x4 + k0).CopyTo(stream[16..]);
        (x5 + k1).CopyTo(stream[20..]);
        (x6 + k2).CopyTo(stream[24..]);
        (x7 + k3).CopyTo(stream[28..]);
        (x8 + k4).CopyTo(stream[32..]);
        (x9 + k5).CopyTo(stream[36..]);
        (x10 + k6).CopyTo(stream[40..]);
        (x11 + k7).CopyTo(stream[44..]);
        (x12 + n0).CopyTo(stream[48..]);
        x13.CopyTo(stream[52..]);
        (x14 + n2).CopyTo(stream[56..]);
        (x15 + n3).CopyTo(stream[60..]);
    }

    private static void Quarter(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        a += b;
        d ^= a;
        d = (d << 16) | (d >>> 16);
        c += d;
        b ^= c;
        b = (b << 12) | (b >>> 20);
        a += b;
        d ^= a;
        d = (d << 8) | (d >>> 24);
        c += d;
        b ^= c;
        b = (b << 7) | (b >>> 25);
    }
}
