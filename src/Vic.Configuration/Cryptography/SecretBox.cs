namespace Vic.Configuration.Cryptography;

/// <summary>NaCl's <c>crypto_secretbox</c>: XSalsa20 with Poly1305 (D. J. Bernstein, "Cryptography in NaCl", section 10).</summary>
public static class SecretBox
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = XSalsa20.KeyLength;

    /// <summary>Bytes of a nonce, which must never be used twice with one key.</summary>
    public const int NonceLength = XSalsa20.NonceLength;

    /// <summary>Bytes by which a box is longer than its message.</summary>
    public const int Overhead = Poly1305.TagLength;

    /// <summary>Encrypts and authenticates a message; the tag comes first.</summary>
    public static byte[] Seal(byte[] message, byte[] nonce, byte[] key)
    {
        var stream = Stream(key, nonce, message.Length);
        var box = new byte[Overhead + message.Length];
        for (var i = 0; i < message.Length; i++)
            box[Overhead + i] = (byte)(message[i] ^ stream[Poly1305.KeyLength + i]);
        Tag(stream, box, 0, box);
        Array.Clear(stream, 0, stream.Length);
        return box;
    }

    /// <summary>The message of a box, or null when the box was not made with this key and nonce.</summary>
    public static byte[]? TryOpen(byte[] box, byte[] nonce, byte[] key)
    {
        if (box.Length < Overhead)
            return null;
        var stream = Stream(key, nonce, box.Length - Overhead);
        var tag = new byte[Overhead];
        Tag(stream, box, 0, tag);
        byte[]? message = null;
        if (Poly1305.TagsEqual(tag, 0, box, 0))
        {
            message = new byte[box.Length - Overhead];
            for (var i = 0; i < message.Length; i++)
                message[i] = (byte)(box[Overhead + i] ^ stream[Poly1305.KeyLength + i]);
        }

        Array.Clear(stream, 0, stream.Length);
        return message;
    }

    private static byte[] Stream(byte[] key, byte[] nonce, int messageLength)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        if (nonce.Length != NonceLength)
            throw new ArgumentException("A nonce has 24 bytes.", nameof(nonce));
        var stream = new byte[Poly1305.KeyLength + messageLength];
        XSalsa20.KeyStream(key, nonce, stream);
        return stream;
    }

    private static void Tag(byte[] stream, byte[] box, int tagOffset, byte[] tag)
    {
        var authenticator = new Poly1305();
        authenticator.Start(stream, 0);
        authenticator.Update(box, Overhead, box.Length - Overhead);
        authenticator.Finish(tag, tagOffset);
    }
}
