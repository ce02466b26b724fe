using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Vic.Engine.Certificates;

/// <summary>A certificate together with its private key.</summary>
public sealed class KeyedCertificate
{
    internal KeyedCertificate(X509Certificate certificate, AsymmetricKeyParameter privateKey)
    {
        Certificate = certificate;
        PrivateKey = privateKey;
    }

    /// <summary>Reads a pair.</summary>
    /// <exception cref="FormatException">A text holds no certificate, or no private key without a password.</exception>
    internal static KeyedCertificate FromPem(string certificate, string privateKey) =>
        new(CertificatePemReader.ReadCertificate(certificate), CertificatePemReader.ReadPrivateKey(privateKey));

    /// <summary>The certificate as PEM text.</summary>
    public string CertificatePem => PemText.OfCertificate(Certificate.GetEncoded());

    /// <summary>The private key as PKCS #8 in PEM text. A secret.</summary>
    public string PrivateKeyPem => PemText.Of("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(PrivateKey).GetEncoded());

    internal X509Certificate Certificate { get; }

    internal AsymmetricKeyParameter PrivateKey { get; }

    /// <summary>The pair, and the authority that issued it, as PKCS #12 without a password. A secret.</summary>
    public byte[] ToPfx(string? authorityPem = null)
    {
        // Triple DES is what OpenSSL 3, Windows and browsers all open; the default, RC2, is retired in OpenSSL 3.
        var store = new Pkcs12StoreBuilder()
            .SetCertAlgorithm(PkcsObjectIdentifiers.PbeWithShaAnd3KeyTripleDesCbc)
            .SetKeyAlgorithm(PkcsObjectIdentifiers.PbeWithShaAnd3KeyTripleDesCbc)
            .Build();
        var chain = new List<X509CertificateEntry> { new(Certificate) };
        if (authorityPem is not null)
        {
            chain.Add(new X509CertificateEntry(CertificatePemReader.ReadCertificate(authorityPem)));
        }

        store.SetKeyEntry("vic", new AsymmetricKeyEntry(PrivateKey), chain.ToArray());
        using var stream = new MemoryStream();
        store.Save(stream, [], new SecureRandom());
        return stream.ToArray();
    }
}
