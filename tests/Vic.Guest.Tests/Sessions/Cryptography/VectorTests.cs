using System.Text;
using Vic.Guest.Sessions.Cryptography;

namespace Vic.Guest.Tests.Sessions.Cryptography;

public sealed class VectorTests
{
    /// <summary>RFC 7748, section 5.2.</summary>
    [Theory]
    [InlineData(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void X25519_multiplies_as_in_RFC_7748(string scalar, string point, string product) =>
        Assert.Equal(product, Hex(X25519.Multiply(Bytes(scalar), Bytes(point))));

    /// <summary>RFC 7748, section 5.2: the iterated vector.</summary>
    [Fact]
    public void X25519_holds_over_a_thousand_iterations()
    {
        var k = Bytes("0900000000000000000000000000000000000000000000000000000000000000");
        var u = k;
        for (var i = 0; i < 1000; i++)
            (k, u) = (X25519.Multiply(k, u), k);
        Assert.Equal("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", Hex(k));
    }

    /// <summary>The second pair of keys is that of RFC 7748, section 6.1.</summary>
    [Fact]
    public void X25519_agrees_on_a_secret()
    {
        var alice = Bytes("77076d0a7318a57d3c16c17251b26645c6c8f2c8e0c7b7f1c0d7a8f3e7e2b0a1");
        var bob = Bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        Assert.Equal("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", Hex(X25519.PublicKey(bob)));
        Assert.Equal(X25519.Multiply(alice, X25519.PublicKey(bob)), X25519.Multiply(bob, X25519.PublicKey(alice)));
        Assert.True(X25519.IsZero(X25519.Multiply(alice, new byte[32])));
    }

    /// <summary>RFC 7693, appendix B, and the keyed vectors of the BLAKE2 reference implementation (blake2s-kat.txt).</summary>
    [Fact]
    public void Blake2s_hashes_as_in_RFC_7693()
    {
        Assert.Equal("508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982", Hex(Blake2s.Hash(default, "abc"u8)));
        var key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        Assert.Equal("48a8997da407876b3d79c0d92325ad3b89cbb754d86ab71aee047ad345fd2c49", Hex(Blake2s.Hash(key, default)));
        Assert.Equal("40d15fee7c328830166ac3f918650f807e7e01e177258cdc0a39b11f598066f1", Hex(Blake2s.Hash(key, [0])));
    }

    [Fact]
    public void Blake2s_gives_one_digest_however_the_message_is_cut()
    {
        var message = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray();
        var whole = Blake2s.Hash(default, message);
        for (var cut = 0; cut <= message.Length; cut++)
            Assert.Equal(whole, Blake2s.Hash(default, message.AsSpan(0, cut), message.AsSpan(cut)));
    }

    /// <summary>RFC 8439, section 2.4.2, whose nonce is four zeros and 0x4a in the first word of ours.</summary>
    [Fact]
    public void ChaCha20_encrypts_as_in_RFC_8439()
    {
        var key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var text = Encoding.ASCII.GetBytes(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.");

        new ChaCha20(key).Transform(text, nonce: 0x4A000000, counter: 1);

        Assert.Equal(
            "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
            + "07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42874d",
            Hex(text));
    }

    /// <summary>The AEAD of the platform is the judge for every length around the block and stride edges.</summary>
    [Fact]
    public void The_AEAD_is_that_of_RFC_8439_at_every_length()
    {
        if (!System.Security.Cryptography.ChaCha20Poly1305.IsSupported)
            return;
        var random = new Random(7);
        var key = new byte[32];
        random.NextBytes(key);
        using var judge = new System.Security.Cryptography.ChaCha20Poly1305(key);
        var cipher = new ChaCha20Poly1305(key);
        for (var length = 0; length < 700; length++)
        {
            var message = new byte[length];
            random.NextBytes(message);
            var associated = message[..(length % 40)];
            var nonce = new byte[12];
            BitConverter.TryWriteBytes(nonce.AsSpan(4), (ulong)length * 0x100000001);
            var expected = new byte[length];
            var tag = new byte[16];
            judge.Encrypt(nonce, message, expected, tag, associated);

            var buffer = new byte[length + 20];
            message.CopyTo(buffer, 3);
            cipher.Seal((ulong)length * 0x100000001, associated, buffer, 3, length);

            Assert.Equal(expected.Concat(tag), buffer.Skip(3).Take(length + 16));
            Assert.True(cipher.TryOpen((ulong)length * 0x100000001, associated, buffer, 3, length + 16));
            Assert.Equal(message, buffer.Skip(3).Take(length));
        }
    }

    /// <summary>The vector of the cacophony collection for this pattern.</summary>
    [Fact]
    public void The_handshake_is_that_of_the_cacophony_vectors()
    {
        var prologue = Bytes("4a6f686e2047616c74");
        var psk = Bytes("54686973206973206d7920417573747269616e20706572737065637469766521");
        var initiator = new NoiseHandshake(prologue, psk, Bytes("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"));
        var responder = new NoiseHandshake(prologue, psk, Bytes("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"));

        var first = initiator.WriteFirst(Bytes("4c756477696720766f6e204d69736573"));
        Assert.Equal(
            "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944fda936bec35a8adfdff198386f7d5475880897edaaf7495314c99095a2e4d66a",
            Hex(first));
        Assert.Equal("4c756477696720766f6e204d69736573", Hex(responder.TryReadFirst(first)!));

        var second = responder.WriteSecond(Bytes("4d757272617920526f746862617264"));
        Assert.Equal(
            "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f1448088434cd2a371993ba41ea11448024fca32766b169183c9e691a7a433279da7e729",
            Hex(second));
        Assert.Equal("4d757272617920526f746862617264", Hex(initiator.TryReadSecond(second)!));

        Assert.Equal("b3e9c846d264120a4211e18307da91157a21e92e69b639c50f027f101db3e1a6", Hex(initiator.HandshakeHash));
        Assert.Equal(initiator.HandshakeHash, responder.HandshakeHash);
        var (fromInitiator, fromResponder) = initiator.Split();
        Assert.Equal("bc44da303ae0beb08075fc4eb4e58235c67c2d1f53a4f2fff0bca7", Sealed(fromInitiator, 0, "462e20412e20486179656b"));
        Assert.Equal("416d1af83e9fa6966ce4e871156b131aa9bd7e9a1d6f8794f4872a", Sealed(fromResponder, 0, "4361726c204d656e676572"));
        Assert.Equal(
            "8a7d81b77bcc6c072f2b807da066efba6b5fab9edf71a7faceb2c8454b0cfef608",
            Sealed(fromInitiator, 1, "4a65616e2d426170746973746520536179"));
    }

    [Fact]
    public void A_handshake_with_another_key_or_another_prologue_is_refused()
    {
        byte[] psk = [.. Enumerable.Repeat((byte)1, 32)], other = [.. Enumerable.Repeat((byte)2, 32)];

        var first = new NoiseHandshake("a"u8, psk, SessionKeys.Random(32)).WriteFirst([]);

        Assert.Null(new NoiseHandshake("a"u8, other, SessionKeys.Random(32)).TryReadFirst(first));
        Assert.Null(new NoiseHandshake("b"u8, psk, SessionKeys.Random(32)).TryReadFirst(first));
        Assert.NotNull(new NoiseHandshake("a"u8, psk, SessionKeys.Random(32)).TryReadFirst(first));
    }

    [Fact]
    public void Every_container_has_its_own_session_key()
    {
        var master = SessionKeys.Random(32);

        Assert.NotEqual(SessionKeys.Derive(master, new string('a', 64)), SessionKeys.Derive(master, new string('b', 64)));
        Assert.Equal(SessionKeys.Derive(master, new string('a', 64)), SessionKeys.Derive(master, new string('a', 64)));
    }

    private static string Sealed(ChaCha20Poly1305 cipher, ulong nonce, string message)
    {
        var buffer = new byte[(message.Length / 2) + 16];
        Bytes(message).CopyTo(buffer, 0);
        cipher.Seal(nonce, [], buffer, 0, message.Length / 2);
        return Hex(buffer);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
