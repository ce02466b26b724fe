namespace Vic.Configuration.Cryptography;

/// <summary>
/// The XSalsa20 stream cipher (D. J. Bernstein, "Extending the Salsa20 nonce"): Salsa20 under a key that HSalsa20 derives from the
/// first 16 bytes of a 24-byte nonce.
/// </summary>
internal static class XSalsa20
{
    internal const int KeyLength = 32;
    internal const int NonceLength = 24;

    private const int BlockLength = 64;
    private const int Words = 16;

    /// <summary>Fills <paramref name="stream"/> with the cipher's key stream from its beginning.</summary>
    internal static void KeyStream(byte[] key, byte[] nonce, byte[] stream)
    {
        var state = State(key, nonce, 0);
        var x = (uint[])state.Clone();
        Rounds(x);
        var derived = new byte[KeyLength];
        int[] columns = [0, 5, 10, 15, 6, 7, 8, 9];
        for (var i = 0; i < columns.Length; i++)
            LittleEndian.WriteUInt32(derived, i * 4, x[columns[i]]);

        state = State(derived, nonce, 16);
        state[8] = state[9] = 0;
        var block = new byte[BlockLength];
        for (var offset = 0; offset < stream.Length; offset += BlockLength)
        {
            Array.Copy(state, x, Words);
            Rounds(x);
            for (var i = 0; i < Words; i++)
                LittleEndian.WriteUInt32(block, i * 4, unchecked(x[i] + state[i]));
            Buffer.BlockCopy(block, 0, stream, offset, Math.Min(BlockLength, stream.Length - offset));
            if (++state[8] == 0)
                state[9]++;
        }

        Array.Clear(derived, 0, derived.Length);
        Array.Clear(block, 0, block.Length);
    }

    /// <summary>The input block: constants "expand 32-byte k", key, and 16 bytes of nonce as far as there are so many.</summary>
    private static uint[] State(byte[] key, byte[] nonce, int nonceOffset)
    {
        var state = new uint[Words];
        state[0] = 0x61707865;
        state[5] = 0x3320646E;
        state[10] = 0x79622D32;
        state[15] = 0x6B206574;
        for (var i = 0; i < 4; i++)
        {
            state[1 + i] = LittleEndian.ReadUInt32(key, i * 4);
            state[11 + i] = LittleEndian.ReadUInt32(key, 16 + (i * 4));
            if (nonceOffset + (i * 4) < NonceLength)
                state[6 + i] = LittleEndian.ReadUInt32(nonce, nonceOffset + (i * 4));
        }

        return state;
    }

    private static void Rounds(uint[] x)
    {
        for (var round = 0; round < 10; round++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }
    }

    private static void Quarter(uint[] x, int a, int b, int c, int d)
    {
        unchecked
        {
            x[b] ^= Rotate(x[a] + x[d], 7);
            x[c] ^= Rotate(x[b] + x[a], 9);
            x[d] ^= Rotate(x[c] + x[b], 13);
            x[a] ^= Rotate(x[d] + x[c], 18);
        }
    }

    private static uint Rotate(uint value, int bits) => (value << bits) | (value >> (32 - bits));
}
