using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Vic.Engine.Certificates;

/// <summary>How to make a key pair: algorithm and size in bits.</summary>
/// <param name="Algorithm">RSA or ECDSA.</param>
/// <param name="Size">The modulus (2048 to 8192) or the curve (256, 384, 521) in bits.</param>
public sealed record KeyRecipe(KeyAlgorithm Algorithm, int Size)
{
    /// <summary>RSA with 2048 bits, which every Docker client reads.</summary>
    public static KeyRecipe Default { get; } = new(KeyAlgorithm.Rsa, 2048);

    /// <summary>An algorithm with a size, or with its usual one: 2048 bits for RSA, 256 for ECDSA.</summary>
    public static KeyRecipe Of(KeyAlgorithm algorithm, int? size) => new(algorithm, size ?? (algorithm == KeyAlgorithm.Rsa ? 2048 : 256));

    /// <summary>What is wrong with this recipe; null when it can be used.</summary>
    public string? Problem => Algorithm switch
    {
        KeyAlgorithm.Rsa when Size is < 2048 or > 8192 || Size % 256 != 0 => "An RSA key has 2048, 3072, 4096 or up to 8192 bits.",
        KeyAlgorithm.Ecdsa when Size is not (256 or 384 or 521) => "An ECDSA key has 256, 384 or 521 bits.",
        _ => null,
    };

    internal AsymmetricCipherKeyPair CreateKeyPair(SecureRandom random)
    {
        if (Algorithm == KeyAlgorithm.Rsa)
        {
            var rsa = new RsaKeyPairGenerator();
            rsa.Init(new KeyGenerationParameters(random, Size));
            return rsa.GenerateKeyPair();
        }

        var curve = Size switch
        {
            256 => SecObjectIdentifiers.SecP256r1,
            384 => SecObjectIdentifiers.SecP384r1,
            _ => SecObjectIdentifiers.SecP521r1,
        };
        var ec = new ECKeyPairGenerator();
        ec.Init(new ECKeyGenerationParameters(curve, random));
        return ec.GenerateKeyPair();
    }
}
