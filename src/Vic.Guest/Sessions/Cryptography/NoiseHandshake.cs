namespace Vic.Guest.Sessions.Cryptography;

/// <summary>
/// The handshake <c>Noise_NNpsk0_25519_ChaChaPoly_BLAKE2s</c> (The Noise Protocol Framework, revision 34): both sides prove that they
/// hold the pre-shared key, and agree on fresh keys that a later loss of it does not reveal.
/// </summary>
public sealed class NoiseHandshake
{
    /// <summary>Bytes of each of the two messages beyond its payload: an ephemeral key and a tag.</summary>
    public const int MessageOverhead = X25519.KeyLength + ChaCha20Poly1305.TagLength;

    private const int HashLength = Blake2s.DigestLength;

    private readonly byte[] privateKey;
    private readonly byte[] publicKey;
    private readonly byte[] preSharedKey;
    private byte[] chainingKey;
    private byte[] hash;
    private byte[] remoteKey = [];
    private ChaCha20Poly1305? cipher;

    /// <summary>Starts a handshake.</summary>
    /// <param name="prologue">What both sides already agree on; a difference makes the handshake fail.</param>
    /// <param name="preSharedKey">32 bytes.</param>
    /// <param name="ephemeralPrivateKey">32 fresh random bytes.</param>
    public NoiseHandshake(ReadOnlySpan<byte> prologue, byte[] preSharedKey, byte[] ephemeralPrivateKey)
    {
        if (preSharedKey.Length != HashLength)
            throw new ArgumentException("A session key has 32 bytes.", nameof(preSharedKey));
        this.preSharedKey = preSharedKey;
        privateKey = ephemeralPrivateKey;
        publicKey = X25519.PublicKey(ephemeralPrivateKey);
        chainingKey = Blake2s.Hash(default, "Noise_NNpsk0_25519_ChaChaPoly_BLAKE2s"u8);
        hash = chainingKey;
        MixHash(prologue);
    }

    /// <summary>The hash of everything said, the same on both sides and different in every session.</summary>
    public byte[] HandshakeHash => hash;

    /// <summary>The initiator's message: psk, e.</summary>
    public byte[] WriteFirst(ReadOnlySpan<byte> payload)
    {
        MixPreSharedKey();
        return WriteEphemeralAndPayload(payload, isSecond: false);
    }

    /// <summary>Reads the initiator's message; null when its sender does not hold the key.</summary>
    public byte[]? TryReadFirst(ReadOnlySpan<byte> message)
    {
        MixPreSharedKey();
        return TryReadEphemeralAndPayload(message, isSecond: false);
    }

    /// <summary>The responder's message: e, ee.</summary>
    public byte[] WriteSecond(ReadOnlySpan<byte> payload) => WriteEphemeralAndPayload(payload, isSecond: true);

    /// <summary>
    /// Reads the responder's message; null when its sender does not hold the key, or answers another first message. The handshake is
    /// then as before, and may read a further message.
    /// </summary>
    public byte[]? TryReadSecond(ReadOnlySpan<byte> message)
    {
        var (hashBefore, chainingKeyBefore, cipherBefore) = (hash, chainingKey, cipher);
        var payload = TryReadEphemeralAndPayload(message, isSecond: true);
        if (payload is null)
            (hash, chainingKey, cipher) = (hashBefore, chainingKeyBefore, cipherBefore);
        return payload;
    }

    /// <summary>The keys of the two directions, the initiator's first.</summary>
    public (ChaCha20Poly1305 Initiator, ChaCha20Poly1305 Responder) Split()
    {
        var (first, second, _) = Derive(chainingKey, [], outputs: 2);
        Array.Clear(privateKey);
        Array.Clear(chainingKey);
        return (new ChaCha20Poly1305(first), new ChaCha20Poly1305(second));
    }

    private byte[] WriteEphemeralAndPayload(ReadOnlySpan<byte> payload, bool isSecond)
    {
        var message = new byte[MessageOverhead + payload.Length];
        publicKey.CopyTo(message, 0);
        MixHash(publicKey);
        MixKey(publicKey);
        if (isSecond && !TryMixSharedSecret())
            throw new InvalidOperationException("The peer's key is not one to talk to.");
        payload.CopyTo(message.AsSpan(X25519.KeyLength));
        cipher!.Seal(0, hash, message, X25519.KeyLength, payload.Length);
        MixHash(message.AsSpan(X25519.KeyLength));
        return message;
    }

    private byte[]? TryReadEphemeralAndPayload(ReadOnlySpan<byte> message, bool isSecond)
    {
        if (message.Length < MessageOverhead)
            return null;
        remoteKey = message[..X25519.KeyLength].ToArray();
        MixHash(remoteKey);
        MixKey(remoteKey);
        if (isSecond && !TryMixSharedSecret())
            return null;
        var sealedPayload = message[X25519.KeyLength..].ToArray();
        var payload = (byte[])sealedPayload.Clone();
        if (!cipher!.TryOpen(0, hash, payload, 0, payload.Length))
            return null;
        MixHash(sealedPayload);
        return payload[..^ChaCha20Poly1305.TagLength];
    }

    private bool TryMixSharedSecret()
    {
        var secret = X25519.Multiply(privateKey, remoteKey);
        if (X25519.IsZero(secret))
            return false;
        MixKey(secret);
        Array.Clear(secret);
        return true;
    }

    private void MixHash(ReadOnlySpan<byte> data) => hash = Blake2s.Hash(default, hash, data);

    private void MixKey(ReadOnlySpan<byte> material)
    {
        (chainingKey, var key, _) = Derive(chainingKey, material, outputs: 2);
        cipher = new ChaCha20Poly1305(key);
    }

    private void MixPreSharedKey()
    {
        (chainingKey, var forHash, var key) = Derive(chainingKey, preSharedKey, outputs: 3);
        MixHash(forHash);
        cipher = new ChaCha20Poly1305(key!);
    }

    /// <summary>HKDF with HMAC-BLAKE2s, as the framework's section 4.3 defines it.</summary>
    private static (byte[] First, byte[] Second, byte[]? Third) Derive(byte[] chainingKey, ReadOnlySpan<byte> material, int outputs)
    {
        var secret = Hmac(chainingKey, material, 0);
        var first = Hmac(secret, default, 1);
        var second = Hmac(secret, first, 2);
        var third = outputs == 3 ? Hmac(secret, second, 3) : null;
        return (first, second, third);
    }

    private static byte[] Hmac(byte[] key, ReadOnlySpan<byte> data, byte counter)
    {
        Span<byte> pad = stackalloc byte[Blake2s.BlockLength];
        Pad(pad, key, 0x36);
        var inner = new Blake2s();
        inner.Update(pad);
        inner.Update(data);
        if (counter > 0)
            inner.Update([counter]);
        var digest = inner.Finish();
        Pad(pad, key, 0x5C);
        return Blake2s.Hash(default, pad, digest);
    }

    private static void Pad(Span<byte> pad, byte[] key, byte value)
    {
        pad.Fill(value);
        for (var i = 0; i < key.Length; i++)
            pad[i] ^= key[i];
    }
}
