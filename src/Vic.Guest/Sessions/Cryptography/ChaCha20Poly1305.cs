using System.Buffers.Binary;
using Vic.Configuration.Cryptography;

namespace Vic.Guest.Sessions.Cryptography;

/// <summary>Authenticated encryption with ChaCha20 and Poly1305 (RFC 8439, section 2.8), in place.</summary>
public sealed class ChaCha20Poly1305
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = ChaCha20.KeyLength;

    /// <summary>Bytes that sealing adds.</summary>
    public const int TagLength = Poly1305.TagLength;

    private readonly ChaCha20 cipher;
    private readonly Poly1305 authenticator = new();
    private readonly byte[] scratch = new byte[64];

    /// <summary>Creates the cipher for one key.</summary>
    public ChaCha20Poly1305(ReadOnlySpan<byte> key) => cipher = new ChaCha20(key);

    /// <summary>
    /// Encrypts <paramref name="count"/> bytes and writes the tag behind them. The nonce is never used twice with one key; the associated
    /// bytes are authenticated and not sent.
    /// </summary>
    public void Seal(ulong nonce, byte[] associated, byte[] buffer, int offset, int count)
    {
        cipher.Transform(buffer.AsSpan(offset, count), nonce, 1);
        Tag(nonce, associated, buffer, offset, count);
        scratch.AsSpan(0, TagLength).CopyTo(buffer.AsSpan(offset + count));
    }

    /// <summary>Decrypts; <paramref name="count"/> includes the tag. Leaves the buffer alone and gives false when the tag is wrong.</summary>
    public bool TryOpen(ulong nonce, byte[] associated, byte[] buffer, int offset, int count)
    {
        if (count < TagLength)
            return false;
        count -= TagLength;
        Tag(nonce, associated, buffer, offset, count);
        if (!Poly1305.TagsEqual(scratch, 0, buffer, offset + count))
            return false;
        cipher.Transform(buffer.AsSpan(offset, count), nonce, 1);
        return true;
    }

    private void Tag(ulong nonce, byte[] associated, byte[] buffer, int offset, int count)
    {
        scratch.AsSpan().Clear();
        cipher.Transform(scratch, nonce, 0);
        authenticator.Start(scratch, 0);
        authenticator.Update(associated, 0, associated.Length);
        authenticator.PadToBlock();
        authenticator.Update(buffer, offset, count);
        authenticator.PadToBlock();
        BinaryPrimitives.WriteUInt64LittleEndian(scratch, (ulong)associated.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(scratch.AsSpan(8), (ulong)count);
        authenticator.Update(scratch, 0, 16);
        authenticator.Finish(scratch, 0);
    }
}
